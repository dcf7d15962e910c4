/** A mail or webhook that was not taken. */
export class DeliveryFailure extends Error {
  /** `permanent`: the same would be refused again. `reason` holds no password and no URL beyond its host. */
  constructor(
    readonly reason: string,
    readonly permanent: boolean,
    options?: ErrorOptions,
  ) {
    super(reason, options);
    this.name = 'DeliveryFailure';
  }
}
