/** A look into the local cloud: which queues, containers, tables and topics there are. */

import { useState } from "preact/hooks";
import { CLOUD, HELD, isNamed } from "./catalogue";
import { Inside } from "./inside";
import { Empty, Split } from "./parts";
import { useRoving } from "./roving";
import type { Cloud, Func, Place } from "./types";

export interface Spot {
  readonly service: string;
  readonly name: string;
}

interface Props {
  readonly cloud: Cloud;
  readonly functions: readonly Func[];
  readonly spot: Spot | undefined;
  readonly go: (spot: Spot | undefined) => void;
  /** Open the form of a function, which sends to where its trigger listens. */
  readonly openFunction: (name: string) => void;
  readonly refresh: () => void;
}

const DEAD = "/$deadletterqueue";
const POISON = "-poison";

export function LocalCloud({ cloud, functions, spot, go, openFunction, refresh }: Props) {
  const [internal, setInternal] = useState(false);
  const services = Object.entries(cloud)
    .map(([service, places]) => ({ service, places: places.filter((each) => internal || !isInternal(each)) }))
    .filter(({ places }) => places.length > 0);
  const roving = useRoving(services.flatMap(({ service, places }) => places.map((each) => `${service} ${each.name}`)));
  const place = spot && cloud[spot.service]?.find((each) => each.name === spot.name);
  const list = (
    <nav aria-label="What the local cloud has" onKeyDown={roving.onKeyDown}>
      {services.map(({ service, places }) => (
        <div key={service}>
          <h2>{HELD[service]?.title ?? service}</h2>
          <ul class="plain">
            {places.map((each) => (
              <li key={each.name}>
                <button
                  type="button"
                  class={`link spot ${isUnder(each, places) ? "under" : ""}`}
                  title={each.name}
                  aria-current={each === place ? "true" : undefined}
                  onClick={() => go({ service, name: each.name })}
                  {...roving.stop(`${service} ${each.name}`)}
                >
                  <span class="sr">{`${each.name} ${each.count.toLocaleString("en")}`}</span>
                  <span class={`label ${each.failed && each.count > 0 ? "bad" : each.count ? "" : "dim"}`} aria-hidden="true">
                    {labelOf(each, places)} {service === "redis" && <span class="dim">{each.kind}</span>}
                  </span>
                  <span class={each.failed && each.count > 0 ? "badge" : "dim number"} aria-hidden="true">
                    {each.count.toLocaleString("en")}
                  </span>
                </button>
              </li>
            ))}
          </ul>
        </div>
      ))}
      {!services.length && <Empty>The local cloud is empty: no function of this app has used it yet.</Empty>}
      <label class="dim">
        <input type="checkbox" checked={internal} onChange={(event) => setInternal(event.currentTarget.checked)} /> show the host's own
      </label>
    </nav>
  );
  const detail = spot ? (
    <Inside key={`${spot.service} ${spot.name}`} spot={spot} count={place?.count ?? 0} takers={takers(functions, spot)} openFunction={openFunction} refresh={refresh} />
  ) : (
    <Empty>Choose what to look into.</Empty>
  );
  return <Split label="Local cloud" kind="places" list={list} detailLabel="What is in it" detail={detail} chosen={spot !== undefined} close={() => go(undefined)} />;
}

const isInternal = (place: Place): boolean => place.internal === true || place.name.startsWith("azure-webjobs-") || place.name.startsWith("webjobs-");

/** Where what failed came from, when that is in the list too: the failed then stands under it. */
function isUnder({ name, failed }: Place, places: readonly Place[]): boolean {
  const parent = name.endsWith(POISON) ? name.slice(0, -POISON.length) : name.endsWith(DEAD) ? name.slice(0, -DEAD.length) : undefined;
  return failed === true && places.some((each) => each.name === parent);
}

function labelOf(place: Place, places: readonly Place[]): string {
  if (place.name.endsWith(DEAD) && isUnder(place, places)) return "dead letters";
  return place.name.replace("/subscriptions/", " / ");
}

/** The functions that are set off by what is put there. */
function takers(functions: readonly Func[], { service, name }: Spot): readonly string[] {
  const fits = (of: Func): boolean =>
    of.bindings.some(({ direction, service: own, place }) => {
      const here = own === "blob" ? (place.split("/")[0] ?? "") : place;
      return direction === "trigger" && CLOUD[own] === service && here !== "" && isNamed(service, here, name.replace("/subscriptions/", "/"));
    });
  return functions.filter(fits).map((each) => each.name);
}
