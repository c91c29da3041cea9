/**
 * Has a window's `event` say nothing of the events of a port: they lead to it, and unit code runs while they are handled. A window of
 * the same origin inside this one has an accessor of its own for the same, which nothing can take away.
 */
export function hideEvents(port: MessagePort): void {
  const { get } = Object.getOwnPropertyDescriptor(window, "event") ?? {};
  if (!get) return;
  const current = get.bind(window) as () => Event | undefined;
  const targetOf = Function.prototype.call.bind(
    Object.getOwnPropertyDescriptor(Event.prototype, "target")?.get as () => unknown,
  ) as (event: Event) => unknown;
  const visible = (): Event | undefined => {
    const event = current();
    return event && targetOf(event) === port ? undefined : event;
  };
  Object.defineProperty(window, "event", { get: visible, configurable: false });
}
