/** The running hosts of apps: found as every other tool finds them, by `.pystein/host.json`. Nothing here knows VS Code. */

import { readFile } from "node:fs/promises";
import * as http from "node:http";
import * as path from "node:path";

export interface Host {
  readonly url: string;
  readonly instance: string;
  readonly pid: number;
}

export interface Answer {
  readonly status: number;
  readonly text: string;
}

/** Where a host describes itself. */
export const FILE = path.join(".pystein", "host.json");

/** The host of an app, asked whether it is there and still that one. */
export async function findHost(root: string): Promise<Host | undefined> {
  try {
    const known = JSON.parse(await readFile(path.join(root, FILE), "utf8")) as Partial<Host>;
    if (typeof known.url !== "string" || typeof known.instance !== "string" || !isLoopback(known.url)) return undefined;
    const { status, text } = await ask(known.url, "GET", "/admin/host/status");
    if (status !== 200 || (JSON.parse(text) as { instanceId?: unknown }).instanceId !== known.instance) return undefined;
    return { url: known.url, instance: known.instance, pid: Number(known.pid) };
  } catch {
    return undefined; // no file, no host, or something else that listens there
  }
}

/** The file lies in the workspace and may say anything; nothing but this machine is asked. */
export function isLoopback(url: string): boolean {
  try {
    const { protocol, hostname } = new URL(url);
    return protocol === "http:" && ["127.0.0.1", "localhost", "[::1]"].includes(hostname);
  } catch {
    return false;
  }
}

/**
 * Send one request to a host.
 * @throws when nothing answers
 */
export function ask(base: string, method: string, place: string, body?: string, headers: Readonly<Record<string, string>> = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const given = { ...headers, ...(body === undefined ? {} : { "content-type": "application/json", "content-length": String(Buffer.byteLength(body)) }) };
    const request = http.request(new URL(place, base), { method, headers: given, agent: false }, (response) => {
      const parts: Buffer[] = [];
      response.on("data", (part: Buffer) => parts.push(part));
      response.on("end", () => resolve({ status: response.statusCode ?? 0, text: Buffer.concat(parts).toString("utf8") }));
      response.on("error", reject);
    });
    request.on("error", reject);
    request.end(body);
  });
}
