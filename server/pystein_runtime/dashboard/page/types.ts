/** What the admin API answers, as far as the page shows it. */

export interface Binding {
  readonly name: string;
  readonly type: string;
  readonly direction: "trigger" | "in" | "out";
  /** One name for triggers, inputs and outputs of a service: "queue". */
  readonly service: string;
  readonly place: string;
  readonly connection: string | null;
}

export interface Func {
  readonly name: string;
  readonly detail: string;
  readonly trigger: string;
  readonly disabled: boolean;
  readonly file: string;
  readonly line: number;
  readonly url: string | null;
  readonly bindings: readonly Binding[];
  readonly succeeded: number;
  readonly failed: number;
  readonly last: { readonly invocationId: string; readonly ok: boolean; readonly started: string; readonly durationMs: number } | null;
}

export interface Overview {
  readonly app: string;
  readonly root: string;
  readonly state: string;
  readonly failure: string | null;
  readonly url: string;
  readonly instance: string;
  readonly durable: boolean;
  readonly warnings: readonly string[];
  readonly functions: readonly Func[];
  /** Which functions start which others by name. */
  readonly calls: readonly { readonly from: string; readonly to: string }[];
  readonly newest: number;
}

export interface Summary {
  readonly number: number;
  readonly invocationId: string;
  readonly function: string;
  readonly status: "succeeded" | "failed";
  readonly started: string;
  readonly durationMs: number;
  readonly reason: string;
  readonly error?: string;
}

export interface LogRecord {
  readonly level: string;
  readonly message: string;
  readonly time: string;
  readonly exception?: string;
}

/** An invocation with all that is known of it; also what running a function by hand answers. */
export interface Invocation {
  readonly function: string;
  readonly invocationId: string | null;
  readonly status: "succeeded" | "failed";
  readonly durationMs: number;
  readonly return: unknown;
  readonly outputs: Readonly<Record<string, unknown>>;
  readonly logs: readonly LogRecord[];
  readonly error: { readonly type: string; readonly message: string; readonly traceback: string } | null;
  readonly notes?: readonly string[];
  readonly started?: string;
  readonly reason?: string;
  readonly input?: unknown;
  readonly metadata?: Readonly<Record<string, unknown>>;
  /** Whether what went in and came out is still kept. */
  readonly whole?: boolean;
}

/** What a function would be run with. */
export interface Sample {
  readonly function: string;
  readonly event: unknown;
  readonly remembered: boolean;
  /** Whether it can be sent to where the trigger listens, and not only be run directly. */
  readonly sendable: boolean;
}

/** A queue, a container, a table ... with how much it holds. */
export interface Place {
  readonly name: string;
  readonly count: number;
  /** Whether it holds what failed. */
  readonly failed?: boolean;
  /** Whether it is the host's own. */
  readonly internal?: boolean;
  readonly kind?: string;
}

export type Cloud = Readonly<Record<string, readonly Place[]>>;

export type Item = Readonly<Record<string, unknown>>;

/** What is in a place. */
export interface Content {
  readonly name: string;
  readonly items: readonly Item[];
  /** Whether its items can be given back to be delivered again. */
  readonly replay?: boolean;
}

export interface InstanceSummary {
  readonly name: string;
  readonly instanceId: string;
  readonly runtimeStatus: string;
  readonly createdTime: string;
  readonly lastUpdatedTime: string;
}

export interface Span {
  readonly kind: string;
  readonly name: string;
  readonly input: unknown;
  readonly scheduled: string;
  readonly ended: string | null;
  readonly result?: unknown;
  readonly error?: unknown;
  readonly attempt?: number;
  /** Of what was called, where that is an instance or an entity. */
  readonly instanceId?: string;
}

export interface Timeline {
  readonly instanceId: string;
  readonly parentInstanceId: string | null;
  readonly name: string;
  readonly runtimeStatus: string;
  readonly created: string;
  readonly updated: string;
  readonly input: unknown;
  readonly output: unknown;
  readonly customStatus: unknown;
  readonly turns: readonly { readonly started: string; readonly ended: string }[];
  readonly spans: readonly Span[];
}

/** One event of a history; which of the values it has depends on what it is. */
export interface HistoryEvent {
  readonly EventType: string;
  readonly Timestamp: string;
  readonly FunctionName?: string;
  readonly Name?: string;
  readonly Input?: unknown;
  readonly Result?: unknown;
  readonly Reason?: unknown;
  readonly FireAt?: string;
}

export interface Entity {
  readonly entityId: { readonly name: string; readonly key: string };
  readonly lastOperationTime: string;
  readonly state?: unknown;
}
