"use client";

import { type FormEvent, useId, useState } from "react";
import { Icon } from "#components/ui/icon.tsx";
import { API_PATH } from "#lib/api/base-url.ts";
import { addressOf, type TryField } from "./address-of.ts";
import { useToken } from "./token-provider.tsx";
import { TryAnswer } from "./try-answer.tsx";
import { useTry } from "./use-try.ts";

type Format = "yaml" | "json";
interface TryItProps {
  readonly method: "get" | "post";
  readonly path: string;
  readonly fields: readonly TryField[];
  /** Bodies to begin with; none: there is no body. */
  readonly examples: readonly { readonly title: string; readonly yaml: string; readonly json: string }[];
  /** The one media type of the answer; null: any of ours. */
  readonly only: string | null;
}

const accepted = { json: "application/json", yaml: "application/yaml", xml: "application/xml" } as const;

/** Sends the request from this page: with the pasted token, or else as whoever is signed in here. */
export function TryIt({ method, path, fields, examples, only }: TryItProps) {
  const id = useId();
  const { token } = useToken();
  const { state, tried, trouble, send, stop } = useTry();
  const [values, setValues] = useState<Record<string, string>>({});
  const [format, setFormat] = useState<Format>("yaml");
  const [body, setBody] = useState(examples[0]?.yaml ?? "");
  const [accept, setAccept] = useState<keyof typeof accepted>("json");
  const where = addressOf(path, fields, values);

  function submit(event: FormEvent) {
    event.preventDefault();
    if (!where) return;
    const headers: Record<string, string> = { ...where.headers, accept: only ?? accepted[accept] };
    if (token) headers.authorization = `Bearer ${token}`;
    if (examples.length > 0) headers["content-type"] = `application/${format}`;
    void send(`${API_PATH}${where.address}`, {
      method: method.toUpperCase(),
      headers,
      ...(examples.length > 0 && { body }),
      // A token speaks for itself: nothing of the sign-in goes along.
      credentials: token ? "omit" : "same-origin",
    });
  }

  return (
    <form className="try" onSubmit={submit} aria-label={`Try ${method.toUpperCase()} ${path}`}>
      <h4>Try it</h4>
      {fields.length > 0 && (
        <div className="try-fields">
          {fields.map(({ name, place }) => (
            <div className="field" key={name}>
              <label htmlFor={`${id}-${name}`}>{name}</label>
              <input
                id={`${id}-${name}`}
                className="input mono"
                autoComplete="off"
                spellCheck={false}
                required={place === "path"}
                value={values[name] ?? ""}
                onChange={({ target }) => setValues({ ...values, [name]: target.value })}
              />
            </div>
          ))}
        </div>
      )}
      {examples.length > 0 && (
        <div className="field">
          <div className="spread">
            <label className="label" htmlFor={`${id}-body`}>
              Body in {format.toUpperCase()}
            </label>
            <div className="row">
              {examples.map((example) => (
                <button
                  key={example.title}
                  type="button"
                  className="textual small"
                  onClick={() => setBody(example[format])}
                >
                  {example.title}
                </button>
              ))}
              <button
                type="button"
                className="textual small"
                onClick={() => {
                  const next = format === "yaml" ? "json" : "yaml";
                  const example = examples.find((one) => one[format] === body);
                  setFormat(next);
                  if (example) setBody(example[next]);
                }}
              >
                Write {format === "yaml" ? "JSON" : "YAML"}
              </button>
            </div>
          </div>
          <textarea
            id={`${id}-body`}
            className="input mono"
            rows={Math.min(18, body.split("\n").length + 1)}
            spellCheck={false}
            value={body}
            onChange={({ target }) => setBody(target.value)}
          />
        </div>
      )}
      <div className="row">
        <button className="btn primary" type="submit">
          Send
        </button>
        {only === null && (
          <>
            <label className="label" htmlFor={`${id}-accept`}>
              and answer in
            </label>
            <span className="pick">
              <select
                id={`${id}-accept`}
                className="input"
                value={accept}
                onChange={({ target }) => setAccept(target.value as keyof typeof accepted)}
              >
                <option value="json">JSON</option>
                <option value="yaml">YAML</option>
                <option value="xml">XML</option>
              </select>
              <Icon name="down" />
            </span>
          </>
        )}
        {state !== "idle" && (
          <button className="btn" type="button" onClick={stop}>
            Stop
          </button>
        )}
      </div>
      <TryAnswer state={state} tried={tried} trouble={trouble} />
    </form>
  );
}
