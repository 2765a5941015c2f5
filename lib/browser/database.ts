import { type DBSchema, type IDBPDatabase, type OpenDBCallbacks, openDB } from "idb";

/**
 * The connection to a database, opened when it is first asked for. The browser may end it at any time (storage pressure, cleared
 * site data), and another version may need it closed; the next call opens a new one.
 */
export function openWhenUsed<Schema extends DBSchema>(
  name: string,
  upgrade: NonNullable<OpenDBCallbacks<Schema>["upgrade"]>,
): () => Promise<IDBPDatabase<Schema>> {
  let opening: Promise<IDBPDatabase<Schema>> | undefined;
  const forget = () => {
    opening = undefined;
  };
  return () => {
    opening ??= openAny(name, {
      upgrade,
      blocking() {
        void opening?.then((database) => database.close());
        forget();
      },
      terminated: forget,
    });
    opening.catch(forget);
    return opening;
  };
}

/** Of a later version of Hopscope, which may have been here before, it is opened as it is. */
const openAny = <Schema extends DBSchema>(name: string, callbacks: OpenDBCallbacks<Schema>) =>
  openDB<Schema>(name, 1, callbacks).catch((error: unknown) => {
    if (error instanceof DOMException && error.name === "VersionError")
      return openDB<Schema>(name, undefined, callbacks);
    throw error;
  });
