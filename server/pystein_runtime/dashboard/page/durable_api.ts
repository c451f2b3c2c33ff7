/** The HTTP API of Durable Functions, as far as the page uses it. */

import { post, remove } from "./api";

const BASE = "/runtime/webhooks/durabletask";
export const INSTANCES = `${BASE}/instances`;
export const ENTITIES = `${BASE}/entities`;

/** What ends an instance. */
export const ENDED = new Set(["Completed", "Failed", "Terminated", "Canceled"]);

export function placeOf(id: string): string {
  return `${INSTANCES}/${encodeURIComponent(id)}`;
}

/** @returns the id of the instance that begins */
export async function startOrchestration(name: string, input: string): Promise<string> {
  const { id } = await post<{ id: string }>(`${BASE}/orchestrators/${encodeURIComponent(name)}`, parsed(input));
  return id;
}

/** "suspend", "resume", "terminate", "rewind" */
export async function operate(id: string, operation: string): Promise<void> {
  await post(`${placeOf(id)}/${operation}?reason=by%20hand`);
}

/** @returns the id of the instance that begins */
export async function restart(id: string): Promise<string> {
  const begun = await post<{ id: string }>(`${placeOf(id)}/restart?restartWithNewInstanceId=true`);
  return begun.id;
}

export async function raiseEvent(id: string, name: string, data: string): Promise<void> {
  await post(`${placeOf(id)}/raiseEvent/${encodeURIComponent(name)}`, parsed(data));
}

/** Forgets an instance that has ended. */
export async function purge(id: string): Promise<void> {
  await remove(placeOf(id));
}

export async function signal(name: string, key: string, operation: string, input: string): Promise<void> {
  await post(`${ENTITIES}/${encodeURIComponent(name)}/${encodeURIComponent(key)}?op=${encodeURIComponent(operation)}`, parsed(input));
}

/** JSON where it is JSON, nothing where there is nothing, else the text itself. */
export function parsed(text: string): unknown {
  if (!text.trim()) return null;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
