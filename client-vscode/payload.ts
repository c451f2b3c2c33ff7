/** The input for a payload: what was used before is one click away, and what is typed is remembered. */

import * as vscode from "vscode";
import { type Payloads, dataOf } from "./history";

interface Pick extends vscode.QuickPickItem {
  readonly payload?: string;
  readonly edit?: true;
}

/** The chosen payload; "edit" for the saved event in an editor; nothing when it was called off. */
export async function askPayload(payloads: Payloads, root: string, name: string): Promise<{ data: unknown } | "edit" | undefined> {
  const known = payloads.of(root, name);
  const choice = await new Promise<Pick | undefined>((resolve) => {
    const input = vscode.window.createQuickPick<Pick>();
    input.title = vscode.l10n.t("Run {0} with", name);
    input.placeholder = vscode.l10n.t("JSON or text: a body, a message, a path. Enter runs it.");
    const show = (): void => {
      input.items = items(known, input.value);
    };
    input.onDidChangeValue(show);
    input.onDidAccept(() => {
      resolve(input.selectedItems[0]);
      input.hide();
    });
    input.onDidHide(() => {
      resolve(undefined);
      input.dispose();
    });
    show();
    input.show();
  });
  if (!choice) return undefined;
  if (choice.edit || choice.payload === undefined) return "edit";
  await payloads.add(root, name, choice.payload);
  return { data: dataOf(choice.payload) };
}

function items(known: readonly string[], typed: string): Pick[] {
  const own: Pick[] = typed ? [{ label: `$(play) ${oneLine(typed)}`, description: kind(typed), payload: typed, alwaysShow: true }] : [];
  const before = known.filter((each) => each !== typed).map((each) => ({ label: `$(history) ${oneLine(each)}`, description: kind(each), payload: each }));
  const edit: Pick = { label: `$(edit) ${vscode.l10n.t("Edit the saved event…")}`, edit: true, alwaysShow: true };
  return [...own, ...before, edit];
}

/** What the text will be taken for, so that a missing brace is seen before the run. */
function kind(payload: string): string {
  return typeof dataOf(payload) === "string" && !payload.startsWith('"') ? vscode.l10n.t("text") : "JSON";
}

const oneLine = (text: string): string => text.replace(/\s+/g, " ").slice(0, 120);
