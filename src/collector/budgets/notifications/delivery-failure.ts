/** A mail or webhook that was not taken. */
export class DeliveryFailure extends Error {
  /** In one line, without control characters: what a server answers may hold any, and a NUL could not be stored. */
  readonly reason: string;

  /** `permanent`: the same would be refused again. `reason` holds no password and no URL beyond its host. */
  constructor(
    reason: string,
    readonly permanent: boolean,
    options?: ErrorOptions,
  ) {
    super(reason, options);
    this.name = 'DeliveryFailure';
    this.reason = reason.replace(/\p{Cc}+/gu, ' ').trim();
  }
}
