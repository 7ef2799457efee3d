// A link whose words are another address says where it leads.
import assert from "node:assert/strict";
import { test } from "node:test";
import { hostToShow } from "../../../static/js/markdown/link_target.js";

test("words that name another host are followed by the real one", () => {
  for (const [href, words, host] of [
    ["https://evil.example/", "https://bank.example", "evil.example"],
    ["https://evil.example/", "bank.example/login", "evil.example"],
    ["https://evil.example/", "bank.example", "evil.example"],
    ["https://evil.example:8443/", "https://bank.example:8443/", "evil.example:8443"],
    ["https://bank.example@evil.example/", "https://bank.example@evil.example/", "evil.example"],
    ["https://bank.example.evil.example/", "bank.example", "bank.example.evil.example"],
    ["https://10.0.0.1/", "bank.example", "10.0.0.1"],
    ["https://xn--80ak6aa92e.com/", "https://аррӏе.com", "xn--80ak6aa92e.com"],
    ["https://xn--pple-43d.com/", "https://аpple.com", "xn--pple-43d.com"],
    ["mailto:mallory@evil.example", "alice@bank.example", "mallory@evil.example"],
  ]) assert.equal(hostToShow(href, words), host, `${words} → ${href}`);
});

test("words that are the address, or none, are left alone", () => {
  for (const [href, words] of [
    ["https://bank.example/a?b", "https://bank.example/a?b"],
    ["http://bank.example/", "bank.example"],
    ["https://www.bank.example/", "bank.example"],
    ["https://bank.example/", "BANK.example"],
    ["https://xn--mller-kva.de/", "https://müller.de"],
    ["https://xn--e1afmkfd.xn--p1ai/", "пример.рф"],
    ["https://bank.example/", "our bank"],
    ["https://bank.example/", "see the notes"],
    ["https://bank.example/", "v1.2"],
    ["mailto:alice@bank.example", "alice@bank.example"],
    ["mailto:alice@bank.example", "write to Alice"],
    ["not an address", "bank.example"],
  ]) assert.equal(hostToShow(href, words), null, `${words} → ${href}`);
});
