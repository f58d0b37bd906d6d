/** What is in the way of bringing files to a session, a sentence; it may pass, as it is none of the files' own. */
export class StagingTrouble extends Error {
  constructor(message: string, cause?: unknown) {
    super(message, { cause });
    this.name = "StagingTrouble";
  }
}
