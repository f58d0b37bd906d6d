"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useId, useState } from "react";
import { makeAccessToken } from "#app/actions/access-tokens.ts";
import { ChangeTrouble } from "#components/change/change-trouble.tsx";
import { Icon } from "#components/ui/icon.tsx";
import type { NewTokenView } from "#lib/api/profile-view.ts";
import type { PersonView } from "#lib/api/view.ts";
import { type Scope, scopesOf, scopeWords } from "#lib/booking/access-scope.ts";
import { LONGEST_NAME, USUAL_DAYS } from "#lib/booking/access-token.ts";
import { profileQuery } from "#lib/client/profile-query.ts";
import { lifetimeInWords, lifetimes } from "./token-words.ts";

interface TokenFormProps {
  readonly role: PersonView["role"];
  /** From when it is asked for until it is there, or is not. */
  readonly onMaking: (isMaking: boolean) => void;
  readonly onMade: (made: NewTokenView) => void;
  readonly onCancel: () => void;
}

/** What one wants of a token: a name, what it may do, how long. It may only look unless more is ticked. */
export function TokenForm({ role, onMaking, onMade, onCancel }: TokenFormProps) {
  const id = useId();
  const client = useQueryClient();
  const [name, setName] = useState("");
  const [scopes, setScopes] = useState<readonly Scope[]>(["read"]);
  const [days, setDays] = useState<number>(USUAL_DAYS);
  // Nothing of the answer is kept here: it has the secret.
  const making = useMutation({
    mutationFn: makeAccessToken,
    gcTime: 0,
    onMutate: () => onMaking(true),
    onSuccess: (answer) => answer.ok && onMade(answer.value),
    onSettled: () => {
      onMaking(false);
      return client.invalidateQueries({ queryKey: profileQuery.queryKey });
    },
  });
  const answer = making.data;

  function make(event: FormEvent) {
    event.preventDefault();
    if (!making.isPending) making.mutate({ name, scopes, days });
  }
  const tick = (one: Scope, isTicked: boolean) =>
    setScopes((before) => (isTicked ? [...before, one] : before.filter((other) => other !== one)));

  return (
    <form className="stack" onSubmit={make} aria-label="Make an access token">
      <div className="field">
        <label htmlFor={`${id}-name`}>Name</label>
        <input
          id={`${id}-name`}
          className="input"
          autoComplete="off"
          // biome-ignore lint/a11y/noAutofocus: the dialog was opened to write it
          autoFocus
          maxLength={LONGEST_NAME}
          value={name}
          onChange={(event) => setName(event.target.value)}
          aria-describedby={`${id}-hint`}
        />
        <p id={`${id}-hint`} className="hint">
          Where it will be used, so that you know it again: “nightly survey, on my laptop”.
        </p>
      </div>
      <fieldset className="field may">
        <legend className="label">It may</legend>
        {scopesOf(role).map((one) => (
          <label key={one}>
            <input
              type="checkbox"
              checked={scopes.includes(one)}
              onChange={(event) => tick(one, event.target.checked)}
            />
            <b>{one}</b>
            <span>{scopeWords[one]}</span>
          </label>
        ))}
      </fieldset>
      <div className="field">
        <label htmlFor={`${id}-days`}>It lasts</label>
        <span className="pick">
          <select
            id={`${id}-days`}
            className="input"
            value={days}
            onChange={(event) => setDays(Number(event.target.value))}
          >
            {lifetimes.map((one) => (
              <option key={one} value={one}>
                {lifetimeInWords(one)}
              </option>
            ))}
          </select>
          <Icon name="down" />
        </span>
      </div>
      <ChangeTrouble
        isPending={making.isPending}
        isDone={false}
        isBroken={making.isError}
        refusals={answer && !answer.ok ? answer.no.refusals : []}
      />
      <div className="foot">
        <button type="button" className="btn" onClick={onCancel} disabled={making.isPending}>
          Cancel
        </button>
        <button type="submit" className="btn primary" aria-disabled={making.isPending}>
          {making.isPending ? "Making…" : "Make it"}
        </button>
      </div>
    </form>
  );
}
