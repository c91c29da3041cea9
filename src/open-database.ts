import { openDB, type DBSchema, type IDBPDatabase } from "idb";

/**
 * Opens a database that gives way to another tab which wants to upgrade or delete it, and would hang for as long as this one holds
 * it open. Whoever opens it closes it.
 * @param upgrade makes its stores
 * @param onLost called with what was returned when that could not be opened, or has been closed for another tab or by the browser
 */
export function openDatabase<S extends DBSchema>(
  name: string,
  version: number,
  upgrade: (database: IDBPDatabase<S>) => void,
  onLost: (opened: Promise<IDBPDatabase<S>>) => void,
): Promise<IDBPDatabase<S>> {
  const lost = (): void => onLost(opened);
  const opened = openDB<S>(name, version, {
    upgrade,
    blocking() {
      lost();
      void opened.then((database) => database.close());
    },
    terminated: lost,
  });
  opened.catch(lost);
  return opened;
}
