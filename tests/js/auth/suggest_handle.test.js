// A handle made of a name.

import assert from "node:assert/strict";
import { test } from "node:test";

import { handleOf } from "../../../static/js/auth/suggest_handle.js";

const HANDLE = /^[a-z0-9](?:[a-z0-9._-]{0,28}[a-z0-9])?$/;     // as in accounts/models/user.py

test("names of many kinds", () => {
  const names = {
    "Olivia": "olivia", "Zoë Müller-Lüdenscheidt": "zoe.muller-ludenscheidt", "  J. R. R. Tolkien ": "j.r.r.tolkien", "Weiß": "weiss", "Łukasz": "lukasz",
    "O'Brien": "o.brien", "Søren Ærø": "soren.aero", "田中": "", "Анна": "", "👑": "", "Bob 2": "bob.2", "-_-": "",
  };
  for (const [name, handle] of Object.entries(names)) assert.equal(handleOf(name), handle, name);
});

test("whatever is typed, the server accepts its form or there is no suggestion", () => {
  for (const name of ["a".repeat(80), "a".repeat(29) + " bcd", "x - . _ y", "...", "ǆ ﬁ ½", "İstanbul"]) assert.match(handleOf(name) || "none", HANDLE, name);
});
