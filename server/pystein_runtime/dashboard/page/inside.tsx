/** What is in a queue, a container, a table ...; what failed can be given back. */

import { useEffect, useState } from "preact/hooks";
import { get, post } from "./api";
import { HELD, ROWS } from "./catalogue";
import type { Spot } from "./cloud";
import { count, oneLine, pretty, size, time } from "./format";
import { Action, Empty, Value } from "./parts";
import { usePolled } from "./polled";
import type { Content, Item } from "./types";

/** As many as the host answers at once. */
const PAGE = 200;

interface Props {
  readonly spot: Spot;
  readonly count: number;
  /** The functions that are set off by what is put there. */
  readonly takers: readonly string[];
  readonly openFunction: (name: string) => void;
  readonly refresh: () => void;
}

export function Inside({ spot, count: held, takers, openFunction, refresh }: Props) {
  const [skip, setSkip] = useState(0);
  const [said, setSaid] = useState("");
  const place = `/admin/pystein/cloud/${spot.service}`;
  const { value: content, trouble, again: look } = usePolled<Content>(place, { name: spot.name, skip: String(skip) });
  if (!content) return <Empty>{trouble ?? "…"}</Empty>;
  const { items } = content;
  const again = (): void => {
    refresh();
    look();
  };
  const giveBack = (id: unknown): Promise<{ place: string }> => post(`${place}/replay`, { name: spot.name, id: String(id) });
  const replay = async (id: string): Promise<string> => {
    const { place: target } = await giveBack(id);
    setSaid(`Given back to ${target}.`); // beside the list: what was given back is no longer in it
    again();
    return "";
  };
  const replayAll = async (): Promise<string> => {
    for (const item of items) await giveBack(item["id"]);
    setSaid(`${count(items.length, HELD[spot.service]?.item ?? "item")} given back.`);
    again();
    return "";
  };
  return (
    <>
      <header>
        <h2>{spot.name}</h2>
        <span class="dim">{count(held, HELD[spot.service]?.item ?? "item")}</span>
        {takers.map((name) => (
          <button key={name} type="button" title={`It sets ${name} off`} onClick={() => openFunction(name)}>
            Send to {name}
          </button>
        ))}
        {content.replay && items.length > 1 && <Action label={`Deliver all ${items.length} again`} sure="Really all of them?" work={replayAll} />}
      </header>
      <p class="good said" role="status">
        {said}
      </p>
      {!items.length && <Empty>Nothing is in it.</Empty>}
      {items.length > 0 && ROWS.has(spot.service) && <Rows items={items.map(rowOf)} />}
      {!ROWS.has(spot.service) && items.map((item, index) => <Thing key={String(item["id"] ?? item["name"] ?? index)} spot={spot} item={item} replay={content.replay ? replay : undefined} />)}
      <p class="buttons">
        {skip > 0 && (
          <button type="button" onClick={() => setSkip(Math.max(0, skip - PAGE))}>
            Previous
          </button>
        )}
        {skip + items.length < held && items.length > 0 && (
          <button type="button" onClick={() => setSkip(skip + items.length)}>
            Next
          </button>
        )}
        {(skip > 0 || items.length < held) && items.length > 0 && (
          <span class="dim">
            {(skip + 1).toLocaleString("en")} to {(skip + items.length).toLocaleString("en")}
          </span>
        )}
      </p>
    </>
  );
}

/** What is said of a thing in its line; the rest is below it. */
const SHOWN = new Set(["id", "body", "bodyEncoding", "truncated", "name", "inserted", "deliveries", "reason", "bytes", "modified", "note"]);

function Thing({ spot, item, replay }: { spot: Spot; item: Item; replay: ((id: string) => Promise<string>) | undefined }) {
  const [open, setOpen] = useState(false);
  const body = item["body"] ?? item["name"] ?? item;
  const rest = Object.fromEntries(Object.entries(item).filter(([name, value]) => !SHOWN.has(name) && value !== null && value !== "" && !isEmpty(value)));
  const binary = item["bodyEncoding"] === "base64";
  return (
    <details class="thing" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        <span class="rest">{binary ? `${oneLine(String(body), 60)} (Base64)` : oneLine(pretty(body), 120)}</span>
        {typeof item["reason"] === "string" && <span class="bad why">{oneLine(item["reason"], 60)}</span>}
        {typeof item["partition"] === "number" && <span class="dim">partition {item["partition"]}</span>}
        {typeof item["bytes"] === "number" && <span class="dim">{size(item["bytes"])}</span>}
        {typeof item["deliveries"] === "number" && item["deliveries"] > 0 && <span class="dim">delivered {item["deliveries"]}×</span>}
        <time class="dim">{time(String(item["inserted"] ?? item["modified"] ?? ""))}</time>
      </summary>
      {typeof item["reason"] === "string" && <p class="bad">{item["reason"]}</p>}
      {typeof item["note"] === "string" && <p class="note">{item["note"]}</p>}
      {replay && <Action label="Deliver again" title="Give it back to where it came from" work={() => replay(String(item["id"] ?? ""))} />}
      {open &&
        (spot.service === "blobs" ? (
          <BlobContent spot={spot} name={String(item["name"])} />
        ) : (
          <Value title={item["truncated"] === true ? "Content, its beginning" : "Content"} value={body} binary={binary} />
        ))}
      {open && Object.keys(rest).length > 0 && spot.service !== "blobs" && spot.service !== "documents" && <Value title="Properties" value={rest} open={false} />}
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
      <Value title={truncated ? "Content, its beginning" : "Content"} value={body} binary={bodyEncoding === "base64"} />
      <Value title="Properties" value={rest} open={false} />
    </>
  );
}

/** A row is what a thing says of itself, or its body where it has one. */
function rowOf(item: Item): Item {
  const { body } = item;
  return typeof body === "object" && body !== null ? (body as Item) : item;
}

function Rows({ items }: { items: readonly Item[] }) {
  const columns = [...new Set(items.flatMap((item) => Object.keys(item)))];
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label="Rows">
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
          {items.map((item, index) => (
            <tr key={index}>
              {columns.map((name) => (
                <td key={name} title={item[name] === undefined ? "" : pretty(item[name])}>
                  {item[name] === undefined ? "" : oneLine(pretty(item[name]), 80)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
