import { alive } from "./asks.ts";
import { giveBack } from "./give-back.ts";
import type { Measured } from "./measured.ts";
import type { Question } from "./questions.ts";
import type { Sizes } from "./sizes.ts";
import type { Stored } from "./stored.ts";
import { type Turn, takeTurn } from "./turn.ts";

/**
 * One question at every size, in turns with the constant one, so that what the machine does meanwhile meets all of them.
 * Round 0 warms up and says how much a turn can use; it does not count.
 */
export async function inTurns(
  question: Question,
  all: readonly Stored[],
  { rounds, seconds }: Sizes,
  say: (line: string) => void,
): Promise<Measured> {
  const constant: Turn[] = [];
  const ours = all.map(({ sessions }) => ({ sessions, turns: [] as Turn[] }));
  let most = 300;
  for (let round = 0; round <= rounds; round++) {
    const [first] = all;
    if (!first) throw new Error("nothing is stored");
    const time = round === 0 ? 1 : seconds;
    const beside = await takeTurn(first.web.address, () => alive, { seconds: time });
    const turns: Turn[] = [];
    for (const stored of all) turns.push(await oneTurn(question, stored, most, time));
    most = Math.max(most, ...turns.map(({ perSecond }) => Math.ceil(perSecond * seconds * 1.3)));
    if (round === 0) continue;
    constant.push(beside);
    for (const [place, turn] of turns.entries()) ours[place]?.turns.push(turn);
    const rates = turns.map(({ perSecond }) => `${Math.round(perSecond)}/s`).join(", ");
    say(`${question.name}, round ${round} of ${rounds}: ${rates}; constant ${Math.round(beside.perSecond)}/s`);
  }
  return { name: question.name, constant, ours };
}

async function oneTurn({ prepare, writes }: Question, stored: Stored, most: number, seconds: number): Promise<Turn> {
  const began = new Date();
  const next = await prepare(stored, most);
  const turn = await takeTurn(stored.web.address, next, { seconds });
  if (writes) await giveBack(stored.url, began);
  return turn;
}
