/** A look into the local cloud: queues, blobs, tables, messages, events, documents. What failed can be given back. */

import { useEffect, useState } from "preact/hooks";
import { get, post } from "./api";
import { count, oneLine, pretty, size, time } from "./format";
import { Action, Empty, Value } from "./parts";
import type { Cloud, Content, Item, Place } from "./types";

const TITLES: Readonly<Record<string, { title: string; items: string }>> = {
  queues: { title: "Queues", items: "message" },
  blobs: { title: "Blobs", items: "blob" },
  tables: { title: "Tables", items: "entity" },
  bus: { title: "Service Bus", items: "message" },
  hubs: { title: "Event hubs", items: "event" },
  documents: { title: "Documents", items: "document" },
  topics: { title: "Event Grid", items: "event" },
};

/** As many as the host answers at once. */
const PAGE = 200;

export interface Spot {
  readonly service: string;
  readonly name: string;
}

interface Props {
  readonly cloud: Cloud;
  readonly spot: Spot | undefined;
  readonly go: (spot: Spot) => void;
  readonly refresh: () => void;
}

export function LocalCloud({ cloud, spot, go, refresh }: Props) {
  const [internal, setInternal] = useState(false);
  const services = Object.entries(cloud).filter(([, places]) => places.length > 0);
  if (!services.length) return <Empty>The local cloud is empty: no function of this app has used it yet.</Empty>;
  const place = spot && cloud[spot.service]?.find((each) => each.name === spot.name);
  return (
    <section class="split places" aria-label="Local cloud">
      <nav class="list" aria-label="What the local cloud has">
        {services.map(([service, places]) => (
          <div key={service}>
            <h2>{TITLES[service]?.title ?? service}</h2>
            <ul class="plain">
              {places
                .filter((each) => internal || !isInternal(each))
                .map((each) => (
                  <li key={each.name}>
                    <button type="button" class="link spot" aria-current={each === place ? "true" : undefined} onClick={() => go({ service, name: each.name })}>
                      <span class={each.failed && each.count > 0 ? "bad" : ""}>{each.name}</span> <span class="dim number">{each.count.toLocaleString("en")}</span>
                    </button>
                  </li>
                ))}
            </ul>
          </div>
        ))}
        <label class="dim">
          <input type="checkbox" checked={internal} onChange={(event) => setInternal(event.currentTarget.checked)} /> show the host's own
        </label>
      </nav>
      <div class="detail wide">
        {spot ? <Inside key={`${spot.service} ${spot.name}`} spot={spot} count={place?.count ?? 0} refresh={refresh} /> : <Empty>Choose what to look into.</Empty>}
      </div>
    </section>
  );
}

const isInternal = (place: Place): boolean => place.internal === true || place.name.startsWith("azure-webjobs-") || place.name.startsWith("webjobs-");

function Inside({ spot, count: held, refresh }: { spot: Spot; count: number; refresh: () => void }) {
  const [content, setContent] = useState<Content | string>();
  const [skip, setSkip] = useState(0);
  const [round, setRound] = useState(0);
  useEffect(() => {
    let late = false;
    get<Content>(`/admin/pystein/cloud/${spot.service}`, { name: spot.name, skip: String(skip) }).then(
      (found) => !late && setContent(found),
      (error: Error) => !late && setContent(error.message),
    );
    return () => {
      late = true;
    };
  }, [spot.service, spot.name, skip, held, round]);
  if (typeof content !== "object") return <Empty>{content ?? "…"}</Empty>;
  const replay = async (id: string): Promise<string> => {
    const { place } = await post<{ place: string }>(`/admin/pystein/cloud/${spot.service}/replay`, { name: spot.name, id });
    refresh();
    setRound(round + 1);
    return `Given back to ${place}.`;
  };
  const word = TITLES[spot.service]?.items ?? "item";
  return (
    <>
      <header>
        <h2>{spot.name}</h2>
        <span class="dim">{count(held, word)}</span>
      </header>
      {!content.items.length && <Empty>Nothing is in it.</Empty>}
      {spot.service === "tables" ? (
        <Entities items={content.items} />
      ) : (
        content.items.map((item, index) => <Thing key={String(item["id"] ?? item["name"] ?? index)} spot={spot} item={item} replay={content.replay ? replay : undefined} />)
      )}
      <p>
        {skip > 0 && (
          <button type="button" onClick={() => setSkip(Math.max(0, skip - PAGE))}>
            Previous
          </button>
        )}
        {skip + content.items.length < held && content.items.length > 0 && (
          <button type="button" onClick={() => setSkip(skip + content.items.length)}>
            Next
          </button>
        )}
      </p>
    </>
  );
}

/** What is said of a thing in its line; the rest is below it. */
const SHOWN = new Set(["id", "body", "name", "inserted", "deliveries", "reason", "bytes", "modified", "note"]);

function Thing({ spot, item, replay }: { spot: Spot; item: Item; replay: ((id: string) => Promise<string>) | undefined }) {
  const [open, setOpen] = useState(false);
  const id = String(item["id"] ?? "");
  const body = item["body"] ?? item["name"] ?? item;
  const rest = Object.fromEntries(Object.entries(item).filter(([name, value]) => !SHOWN.has(name) && value !== null && value !== "" && !isEmpty(value)));
  return (
    <details class="thing" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        <span class="rest">{oneLine(pretty(body), 120)}</span>
        {typeof item["bytes"] === "number" && <span class="dim"> {size(item["bytes"])}</span>}
        {typeof item["deliveries"] === "number" && item["deliveries"] > 0 && <span class="dim"> delivered {item["deliveries"]}×</span>}
        <time class="dim"> {time(String(item["inserted"] ?? item["modified"] ?? ""))}</time>
      </summary>
      {typeof item["reason"] === "string" && <p class="bad">{item["reason"]}</p>}
      {typeof item["note"] === "string" && <p class="note">{item["note"]}</p>}
      {replay && <Action label="Deliver again" title="Give it back to where it came from" work={() => replay(id)} />}
      {open && (spot.service === "blobs" ? <BlobContent spot={spot} name={String(item["name"])} /> : <Value title="Content" value={body} />)}
      {Object.keys(rest).length > 0 && spot.service !== "blobs" && spot.service !== "documents" && <Value title="Properties" value={rest} open={false} />}
    </details>
  );
}

const isEmpty = (value: unknown): boolean => typeof value === "object" && value !== null && Object.keys(value).length === 0;

function BlobContent({ spot, name }: { spot: Spot; name: string }) {
  const [blob, setBlob] = useState<Item | string>();
  useEffect(() => {
    get<Item>("/admin/pystein/cloud/blobs", { name: spot.name, blob: name }).then(setBlob, (error: Error) => setBlob(error.message));
  }, [spot.name, name]);
  if (typeof blob !== "object") return <Empty>{blob ?? "…"}</Empty>;
  const { body, bodyEncoding, truncated, ...rest } = blob;
  return (
    <>
      <Value title={`Content${bodyEncoding ? " (Base64)" : ""}${truncated ? ", its beginning" : ""}`} value={body} />
      <Value title="Properties" value={rest} open={false} />
    </>
  );
}

function Entities({ items }: { items: readonly Item[] }) {
  const columns = [...new Set(items.flatMap((item) => Object.keys(item)))];
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label="Entities">
      <table>
        <thead>
          <tr>
            {columns.map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {items.map((item) => (
            <tr key={`${String(item["PartitionKey"])} ${String(item["RowKey"])}`}>
              {columns.map((name) => (
                <td key={name}>{item[name] === undefined ? "" : oneLine(pretty(item[name]), 80)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
