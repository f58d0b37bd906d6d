import { type Resources, resourceNames } from "./resources.ts";

/**
 * Which of two shapes is the larger for somebody who wished for `wished`: > 0 when `a` is, < 0 when `b` is, 0 when
 * neither.
 *
 * A shape is as large as the scarcest of what was asked: the smallest of its shares of the wished amounts decides, so that
 * half the cores with all the memory is half the wish. Of equals, the greater sum of the shares. What was not asked for
 * does not count.
 */
export function compareSize(a: Resources, b: Resources, wished: Resources): number {
  const one = shares(a, wished);
  const other = shares(b, wished);
  return one.least - other.least || one.sum - other.sum;
}

function shares(shape: Resources, wished: Resources): { least: number; sum: number } {
  let least = 1;
  let sum = 0;
  for (const name of resourceNames) {
    if (!(wished[name] > 0)) continue;
    const share = shape[name] / wished[name];
    least = Math.min(least, share);
    sum += share;
  }
  return { least, sum };
}
