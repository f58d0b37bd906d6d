import { imagesOf, REGISTRIES } from "#e2e/skaha/images.ts";
import { contextOf, defaultPlatform } from "#e2e/skaha/platform.ts";
import { type PlatformChoices, typesOf } from "#lib/booking/choices.ts";
import { keepSecret } from "#lib/credentials/keep-secret.ts";
import { database } from "#lib/db/client.ts";
import { book, cores } from "#lib/testing/book.ts";
import { configure, testVault } from "#lib/testing/delegation.ts";
import { makeUniverse, NOW, personOf, slotIn, type Universe } from "#lib/testing/universe.ts";

/** What the worked examples are asked of: a small place with notebooks, and CANFAR, where Meridian acts for the person who asks. */
export interface ExampleUniverse {
  readonly platforms: readonly Universe[];
  readonly person: { readonly id: string; readonly name: string };
}

const PROVIDER = "sky";

/** Two offers show that there are alternatives; more of them would only be longer to read. */
const rules = { maxOffers: 2, offerSeconds: 300 };

/** Once in a test file: who signs people in, and a key for what they delegate. */
export function configureExamples(): void {
  testVault();
  const issuer = "https://iam.example.org/";
  const scope = "openid offline_access";
  configure({
    providers: [
      {
        kind: "oidc",
        name: PROVIDER,
        title: "Example IAM",
        issuer,
        clientId: "meridian",
        clientAuthentication: "client_secret_basic",
        scope,
      },
    ],
  });
}

/** A new one for each example. `isFull`: others have booked everything between 9 and 10 of the next day. */
export async function exampleUniverse({ isFull = false } = {}): Promise<ExampleUniverse> {
  const observatory = await makeUniverse({ people: 2, limit: { cores: 16, memoryGiB: 64, gpus: 0 } });
  const canfar = await makeUniverse({
    people: observatory.people,
    kind: "canfar",
    provider: PROVIDER,
    limit: { cores: 100, memoryGiB: 400, gpus: 8 },
  });
  await change(observatory, { title: "Observatory", prepareSeconds: 20 });
  await change(canfar, { title: "CANFAR", prepareSeconds: 180, choices: choicesOfCanfar(), choicesAt: new Date(NOW) });
  for (const { id, name } of observatory.people) {
    const secret = { kind: "token", token: "an example's" } as const;
    const kept = { userId: id, provider: PROVIDER, secret, freshUntil: null, expiresAt: null };
    await keepSecret(kept, { who: name, now: NOW });
  }
  const platforms = [observatory, canfar];
  if (isFull) for (const one of platforms) await bookAll(one);
  return { platforms, person: personOf(observatory, 0) };
}

const change = ({ platform: { id } }: Universe, data: object) =>
  database().prisma.platform.update({ where: { id }, data: { ...rules, ...data } });

const bookAll = (universe: Universe) => {
  const nine = slotIn(20);
  const start = { kind: "window", from: nine, until: nine } as const;
  return book(universe, { resources: cores(universe.platform.limit.cores), start }, 1);
};

/** As the simulator says what can be chosen, so as CANFAR does. */
function choicesOfCanfar(): PlatformChoices {
  const context = contextOf(defaultPlatform(null));
  const faults = /bad-image|unschedulable|flap|out-of-memory|slow|late:/;
  const images = (imagesOf(null) ?? []).filter(({ id }) => !faults.test(id)).map(({ id, types }) => ({ id, types }));
  return {
    types: typesOf(images),
    images,
    registries: REGISTRIES,
    cores: context.cores.options,
    memoryGiB: context.memoryGB.options,
    gpus: context.gpus.options,
    mostSessions: 3,
  };
}
