"use client";

import { useRouter } from "next/navigation";
import { signIn } from "next-auth/react";
import { type FormEvent, useRef, useState } from "react";
import { Icon } from "./icon.tsx";

/** The door for the people of the demo: choose who, type the password that the terminal shows. */
export function DemoDoor({ names, from }: { names: readonly string[]; from: string }) {
  const router = useRouter();
  const password = useRef<HTMLInputElement>(null);
  const [name, setName] = useState(names[0] ?? "");
  const [state, setState] = useState<"idle" | "asking" | "through">("idle");
  const [wrong, setWrong] = useState<string | null>(null);

  async function enter(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (state !== "idle") return;
    setState("asking");
    setWrong(null);
    const answer = await signIn("demo", { name, password: password.current?.value ?? "", redirect: false }).catch(
      () => null,
    );
    if (answer?.ok) {
      setState("through");
      router.replace(from);
      router.refresh();
      return;
    }
    setState("idle");
    const isWrong = answer !== undefined && answer !== null && answer.status === 401;
    setWrong(isWrong ? "That name and password do not belong together." : "The server did not answer. Try again.");
    password.current?.select();
  }

  return (
    <form className="demo" onSubmit={enter} aria-label="Sign in as a demo person">
      <fieldset className="who">
        <legend className="label">Who you are in this demo</legend>
        {names.map((each) => (
          <label key={each}>
            <input
              type="radio"
              name="who"
              value={each}
              checked={name === each}
              onChange={() => {
                setName(each);
                password.current?.focus();
              }}
            />
            <span>
              <Icon name="person" />
              {each}
            </span>
          </label>
        ))}
      </fieldset>
      <input type="text" name="username" autoComplete="username" value={name} readOnly hidden />
      <div className="field">
        <label htmlFor="password">Password</label>
        <input
          ref={password}
          id="password"
          className="input"
          type="password"
          autoComplete="current-password"
          required
          aria-invalid={wrong !== null}
          aria-describedby="password-where password-wrong"
        />
        <p id="password-wrong" className="wrong" role="alert">
          {wrong}
        </p>
        <p id="password-where" className="hint">
          The passwords are in the terminal where Meridian was started.
        </p>
      </div>
      <button className="btn primary big wide" type="submit" aria-disabled={state !== "idle"}>
        {state === "idle" ? "Sign in" : state === "asking" ? "Signing in…" : "Opening…"}
      </button>
    </form>
  );
}
