/** One function: a form for its event, and its last invocations. */

import { useMemo } from "preact/hooks";
import { editor } from "./api";
import { count, duration, oneLine, reason, time } from "./format";
import { Send } from "./send";
import type { Func, Summary } from "./types";

const LAST = 8;

interface Props {
  readonly of: Func;
  readonly begin: unknown;
  readonly invocations: readonly Summary[];
  readonly choose: (name: string | undefined) => void;
  readonly openInvocation: (id: string) => void;
  readonly openFunction: (name: string) => void;
  readonly openInstance: (id: string) => void;
  readonly refresh: () => void;
}

export function FunctionPanel({ of, begin, invocations, choose, openInvocation, openFunction, openInstance, refresh }: Props) {
  const last = useMemo(() => invocations.filter((each) => each.function === of.name).slice(-LAST).reverse(), [invocations, of.name]);
  return (
    <>
      <header>
        <h2>{of.name}</h2>
        <button type="button" class="close" aria-label="Close" title="Close (Escape)" onClick={() => choose(undefined)}>
          ✕
        </button>
        {editor && (
          <button type="button" onClick={() => editor?.postMessage({ open: { file: of.file, line: of.line } })}>
            Open code
          </button>
        )}
      </header>
      <p class="dim detail-line">{of.detail}</p>
      <p>
        <span class={of.succeeded ? "good" : ""}>{count(of.succeeded, "success")}</span>, <span class={of.failed ? "bad" : ""}>{count(of.failed, "failure")}</span>
        {of.disabled && " · disabled"}
      </p>
      <Send key={of.name} to={of} begin={begin} refresh={refresh} openInstance={openInstance} />
      {last.length > 0 && (
        <>
          <h3>Last invocations</h3>
          <ul class="plain">
            {last.map((each) => (
              <li key={each.number}>
                <button type="button" class="link short" onClick={() => openInvocation(each.invocationId)}>
                  <span class={each.status === "succeeded" ? "good" : "bad"}>
                    <span aria-hidden="true">{each.status === "succeeded" ? "✓" : "✕"}</span>
                    <span class="sr">{each.status}</span>
                  </span>{" "}
                  {time(each.started)} <span class="dim">{duration(each.durationMs)}</span> <span class="dim">{oneLine(each.error ?? reason(each.reason), 60)}</span>
                </button>
              </li>
            ))}
          </ul>
          <button type="button" onClick={() => openFunction(of.name)}>
            All invocations of {of.name}
          </button>
        </>
      )}
    </>
  );
}
