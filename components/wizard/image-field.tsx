"use client";

import { Button, ComboBox, FieldError, Input, Label, ListBox, ListBoxItem, Popover } from "react-aria-components";
import { Icon } from "#components/ui/icon.tsx";
import type { PlatformChoices } from "#lib/booking/choices.ts";
import type { ExecutableType } from "#lib/booking/executable.ts";
import { imagesFor, shortImage } from "#lib/booking/images.ts";

interface ImageFieldProps {
  readonly type: ExecutableType;
  readonly choices: PlatformChoices | null;
  readonly text: string;
  readonly onText: (text: string) => void;
  readonly problem: string | undefined;
}

/** The image: one of those that can run as this type, or any other by its name. */
export function ImageField({ type, choices, text, onText, problem }: ImageFieldProps) {
  const images = imagesFor(type, choices).map((id) => ({ id, name: shortImage(id, choices) }));
  return (
    <ComboBox
      className="field combo"
      allowsCustomValue
      menuTrigger="input"
      defaultItems={images}
      inputValue={text}
      onInputChange={onText}
      isInvalid={problem !== undefined}
      validationBehavior="aria"
    >
      <Label>Image, {choices === null ? "host/project/image:tag" : "project/image:tag"}</Label>
      <div className="pick">
        <Input className="input mono" spellCheck={false} />
        {images.length > 0 && (
          <Button aria-label="Show images">
            <Icon name="down" />
          </Button>
        )}
      </div>
      <FieldError className="wrong">{problem}</FieldError>
      <Popover className="menu images" placement="bottom start" offset={4}>
        <ListBox<(typeof images)[number]>>
          {({ id, name }) => (
            <ListBoxItem id={id} textValue={name} className="mono">
              {name}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </ComboBox>
  );
}
