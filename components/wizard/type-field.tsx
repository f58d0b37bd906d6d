"use client";

import { Icon } from "#components/ui/icon.tsx";
import { typeWords } from "#components/ui/type-words.ts";
import { type ExecutableType, executableTypes } from "#lib/booking/executable.ts";

interface TypeFieldProps {
  /** Null: not known yet, so all there are. */
  readonly types: readonly ExecutableType[] | null;
  readonly type: ExecutableType;
  readonly onType: (type: ExecutableType) => void;
}

/** What kind of session. One that the platform does not have any more stays until another one is chosen. */
export function TypeField({ types, type, onType }: TypeFieldProps) {
  const shown = executableTypes.filter((one) => types === null || types.includes(one) || one === type);
  return (
    <fieldset className="field types">
      <legend className="label">Type</legend>
      <div className="seg">
        {shown.map((one) => (
          <label key={one}>
            <input type="radio" name="type" value={one} checked={one === type} onChange={() => onType(one)} />
            <span>
              <Icon name={typeWords[one].icon} />
              {typeWords[one].word}
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
