import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import { readHosts } from "@/components/welcome/read-hosts.ts";
import { Welcome } from "@/components/welcome/Welcome.tsx";
import { render } from "./render.tsx";
import { unknownClientReport } from "./reports.ts";

test("the first-run page says what is watched and what never leaves, and shows a sample", () => {
  const { container } = render(<Welcome access="none" sample={unknownClientReport} onChoose={vi.fn()} />);

  screen.getByRole("heading", { name: "What is watched" });
  screen.getByRole("heading", { name: "What never leaves this computer" });
  expect(screen.getByRole("status").textContent).toBe("Hopscope may not see any site yet.");
  expect(container.querySelector("[data-finding]")?.getAttribute("data-finding")).toBe("unknown-client");
});

test("every site is asked for with one click", async () => {
  const onChoose = vi.fn();
  render(<Welcome access="none" sample={undefined} onChoose={onChoose} />);

  await userEvent.click(screen.getByRole("button", { name: "Allow on every site" }));
  expect(onChoose).toHaveBeenCalledWith("all");
});

test("once it may watch, the page says what to do next and asks no more", async () => {
  const onChoose = vi.fn();
  const { show } = render(<Welcome access="none" sample={undefined} onChoose={onChoose} />);
  expect(screen.queryByRole("heading", { name: "What to do next" })).toBeNull();

  show(<Welcome access="all" sample={undefined} onChoose={onChoose} />);
  const steps = within(screen.getByRole("region", { name: "What to do next" })).getAllByRole("listitem");
  expect(steps.map(({ textContent }) => textContent)).toEqual([
    expect.stringContaining("the pin"),
    expect.stringContaining("Connect in your client"),
    expect.stringContaining("Alt+Shift+H"),
  ]);
  await userEvent.click(screen.getByRole("button", { name: "Allowed on every site" }));
  expect(onChoose).not.toHaveBeenCalled();
});

test("only the named sites are asked for; what is not a host is said to be none", async () => {
  const onChoose = vi.fn();
  render(<Welcome access="none" sample={undefined} onChoose={onChoose} />);
  const field = screen.getByRole("textbox", { name: "Hosts, one on each line" });
  const problem = () => screen.getByRole("alert").textContent;
  const submit = screen.getByRole("button", { name: "Allow on these sites" });

  await userEvent.click(submit);
  expect(problem()).toContain("Name at least one host.");
  await userEvent.type(field, "auth.example.com{Enter}not/a host");
  await userEvent.click(submit);
  expect(onChoose).not.toHaveBeenCalled();
  expect(problem()).toContain("“not/a” is not a host");
  await userEvent.clear(field);
  await userEvent.type(field, "auth.example.com{Enter}https://app.example:8443/x");
  await userEvent.click(submit);
  expect(onChoose).toHaveBeenCalledWith(["auth.example.com", "app.example"]);
});

test.each([
  ["all", "Hopscope may watch on every site."],
  ["some", "Hopscope may watch on the sites you chose."],
  ["withheld", "Access was taken back. No new attempt is seen until you choose again."],
] as const)("access %s is said in words", (access, sentence) => {
  render(<Welcome access={access} sample={undefined} onChoose={vi.fn()} />);

  within(screen.getByRole("status")).getByText(sentence);
});

test.each([
  ["127.0.0.1:8080", ["127.0.0.1"]],
  ["LOCALHOST, a.example  a.example", ["localhost", "a.example"]],
  ["*.example.com", ["*.example.com"]],
  ["münchen.example", ["xn--mnchen-3ya.example"]],
])("%s names the hosts %j", (text, hosts) => {
  expect(readHosts(text)).toEqual({ hosts });
});

test.each(["a.*.example", "javascript:alert(1)", "<all_urls>", "https://", "a b.example:99999", "file:///etc"])(
  "%s is not taken for a host",
  (text) => {
    expect(readHosts(text).invalid).toBeDefined();
  },
);
