import { randomBytes } from "node:crypto";
import type { SecretRegister } from "./secrets.ts";

export interface Person {
  readonly username: string;
  readonly password: string;
}

/** The accounts that every server of a lab knows. */
export class People {
  readonly #passwords = new Map<string, string>();
  readonly #secrets: SecretRegister;

  constructor(secrets: SecretRegister) {
    this.#secrets = secrets;
  }

  add(): Person {
    const person = {
      username: `person-${randomBytes(6).toString("hex")}@lab.example`,
      password: `Pw-${randomBytes(12).toString("base64url")}`,
    };
    this.#passwords.set(person.username, person.password);
    this.#secrets.add("username", person.username);
    this.#secrets.add("password", person.password);
    return person;
  }

  accepts(username: string, password: string): boolean {
    return this.#passwords.get(username) === password;
  }
}
