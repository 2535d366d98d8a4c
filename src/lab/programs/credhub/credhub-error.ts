/** A failure that credhub prints in one line. */
export class CredhubError extends Error {}
