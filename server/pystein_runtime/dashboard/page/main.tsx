/** The page: its views, and what leads from one to another. */

import { render } from "preact";
import { useEffect, useMemo, useState } from "preact/hooks";
import { editor, useKey } from "./api";
import { LocalCloud, type Spot } from "./cloud";
import { Durable } from "./durable";
import { time } from "./format";
import { Invocations } from "./invocations";
import { AppMap, type Draft } from "./map";
import { Model, type State } from "./model";
import type { Overview } from "./types";

type View = "map" | "invocations" | "cloud" | "durable";

const TITLES: Readonly<Record<View, string>> = { map: "Map", invocations: "Invocations", cloud: "Local cloud", durable: "Orchestrations" };

const model = new Model();
const refresh = (): void => void model.refresh();

function Page() {
  const state = useModel();
  const [view, setView] = useView();
  const [func, setFunc] = useState<string>();
  const [draft, setDraft] = useState<Draft>();
  const [invocation, setInvocation] = useState<string>();
  const [only, setOnly] = useState("");
  const [spot, setSpot] = useState<Spot>();
  const [instance, setInstance] = useState<string>();
  useShortcuts(setView);
  const { overview, trouble } = state;
  const failures = useMemo(() => state.invocations.filter((each) => each.status === "failed").length, [state.invocations]);
  useEffect(() => {
    if (overview) document.title = `${overview.app} · Functions`;
  }, [overview?.app]);

  if (trouble === "locked") return <Key />;
  if (!overview) return <p class="empty">{trouble ? "The host does not answer." : "…"}</p>;
  const views = (Object.keys(TITLES) as View[]).filter((each) => each !== "durable" || overview.durable);
  const openForm = (name: string, event?: unknown): void => {
    setDraft(event === undefined ? undefined : { of: name, event });
    setFunc(name);
    setView("map");
  };
  const openInstance = (id: string): void => {
    setInstance(id);
    setView("durable");
  };
  return (
    <>
      <header class="top">
        <h1>{overview.app}</h1>
        <State overview={overview} gone={trouble === "gone"} />
        <nav aria-label="Views">
          {views.map((each, index) => (
            <button key={each} type="button" aria-current={each === view ? "page" : undefined} title={`${TITLES[each]} (${index + 1})`} onClick={() => setView(each)}>
              {TITLES[each]}
              {each === "invocations" && failures > 0 && (
                <>
                  {" "}
                  <span class="badge">
                    {failures.toLocaleString("en")}
                    <span class="sr"> failed</span>
                  </span>
                </>
              )}
            </button>
          ))}
        </nav>
      </header>
      {trouble === "gone" && (
        <p class="banner bad" role="alert">
          The host is gone since {time(new Date(state.since ?? 0).toISOString())}. What you see is what it said last; as soon as it is back, the page goes on.
        </p>
      )}
      {overview.failure && overview.functions.length > 0 && (
        <details class="failure">
          <summary class="bad">The last change cannot be loaded; what ran before goes on.</summary>
          <pre tabIndex={0} role="region" aria-label="Why">
            {overview.failure}
          </pre>
        </details>
      )}
      <main>
        {view === "map" && (
          <AppMap
            overview={overview}
            cloud={state.cloud}
            invocations={state.invocations}
            chosen={func}
            choose={(name) => {
              setDraft(undefined);
              setFunc(name);
            }}
            draft={draft}
            refresh={refresh}
            openPlace={(service, name) => {
              setSpot({ service, name });
              setView("cloud");
            }}
            openInvocation={(id) => {
              setOnly("");
              setInvocation(id);
              setView("invocations");
            }}
            openFunction={(name) => {
              setOnly(name);
              setView("invocations");
            }}
            openInstance={openInstance}
          />
        )}
        {view === "invocations" && (
          <Invocations
            all={state.invocations}
            functions={overview.functions.map((each) => each.name)}
            chosen={invocation}
            choose={setInvocation}
            only={only}
            setOnly={setOnly}
            edit={openForm}
            refresh={refresh}
          />
        )}
        {view === "cloud" && <LocalCloud cloud={state.cloud} functions={overview.functions} spot={spot} go={setSpot} openFunction={openForm} refresh={refresh} />}
        {view === "durable" && <Durable base={overview.url} functions={overview.functions} chosen={instance} choose={setInstance} />}
      </main>
    </>
  );
}

function State({ overview, gone }: { overview: Overview; gone: boolean }) {
  const text = gone ? "does not answer" : overview.state;
  return (
    <p class="state" role="status">
      <span class={`dot ${gone ? "Error" : overview.state}`} /> {text}
      {!gone && (
        <>
          {" at "}
          <a href={overview.url} target="_blank" rel="noreferrer">
            {overview.url.replace("http://", "")}
          </a>
        </>
      )}
    </p>
  );
}

/** A host with --enable-auth lets nobody in without its key. */
function Key() {
  const [key, setKey] = useState("");
  const [tried, setTried] = useState<string>();
  return (
    <form
      class="alone"
      onSubmit={(event) => {
        event.preventDefault();
        useKey(key);
        setTried(key);
        refresh();
      }}
    >
      <h1>This host wants its key</h1>
      <p>
        It was started with --enable-auth. The master key is in the file <code>.pystein/keys.json</code> of the app's folder.
      </p>
      <label>
        Master key <input type="password" autocomplete="off" value={key} onInput={(event) => setKey(event.currentTarget.value)} />
      </label>{" "}
      <button type="submit" class="primary">
        Open
      </button>
      {tried !== undefined && tried === key && (
        <p class="bad" role="status">
          The host does not take this key.
        </p>
      )}
    </form>
  );
}

function useModel(): State {
  const [state, setState] = useState(model.state);
  useEffect(() => model.subscribe(() => setState(model.state)), []);
  return state;
}

/** The view stands in the address, so that it can be kept and shared; within an editor there is no address. */
function useView(): [View, (view: View) => void] {
  const fromAddress = (): View => (location.hash.slice(1) in TITLES ? (location.hash.slice(1) as View) : "map");
  const [view, setView] = useState<View>(editor ? "map" : fromAddress);
  useEffect(() => {
    const follow = (): void => setView(fromAddress());
    if (!editor) window.addEventListener("hashchange", follow);
    return () => window.removeEventListener("hashchange", follow);
  }, []);
  return [
    view,
    (next) => {
      setView(next);
      if (!editor) location.hash = next;
    },
  ];
}

/** 1 to 4 choose a view, / the filter; not while somebody types. */
function useShortcuts(setView: (view: View) => void): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const typing = event.target instanceof HTMLElement && event.target.matches("input:not([type=checkbox]), textarea, select");
      if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
      const view = (Object.keys(TITLES) as View[])[Number(event.key) - 1];
      if (view && (view !== "durable" || model.state.overview?.durable)) setView(view);
      if (event.key === "/") {
        event.preventDefault();
        document.getElementById("filter")?.focus();
      }
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, []);
}

const root = document.getElementById("page");
if (root) render(<Page />, root);
