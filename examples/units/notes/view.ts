import type { Note } from "./shelf.js";
import { createSheet } from "./style.js";

/** What a person does in the view. Each may fail, and the view says so. */
export interface Actions {
  add(text: string): Promise<unknown>;
  remove(id: string): Promise<unknown>;
  remind(note: Note): Promise<unknown>;
  copy(note: Note): PromiseLike<unknown>;
  keepDraft(text: string): Promise<unknown>;
}

export interface View {
  show(notes: Note[], isKept: boolean): void;
  /** Puts a text into the field, unless somebody has begun to write. */
  draft(text: string): void;
  destroy(): void;
}

const when = new Intl.DateTimeFormat("en", { dateStyle: "medium", timeStyle: "short" });

export function createView(root: HTMLElement, actions: Actions): View {
  const field = element("textarea", { rows: 2, placeholder: "Write a note", ariaLabel: "A new note" });
  const keep = element("button", { textContent: "Keep", className: "primary", type: "submit" });
  const form = element("form", {}, field, keep);
  const list = element("ul");
  const status = element("p", { className: "status" });
  status.setAttribute("role", "status");
  const notes = element("section", { className: "notes-unit" }, form, list, status);

  const attempt = async (action: PromiseLike<unknown>, done = ""): Promise<boolean> => {
    try {
      await action;
      status.textContent = done;
      return true;
    } catch (error) {
      status.textContent = error instanceof Error ? error.message : String(error);
      return false;
    }
  };
  field.addEventListener("input", () => void attempt(actions.keepDraft(field.value)));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (!field.value.trim() || !(await attempt(actions.add(field.value)))) return;
    field.value = "";
    field.focus();
    await attempt(actions.keepDraft(""));
  });

  const button = (textContent: string, { text }: Note, act: () => PromiseLike<unknown>, done?: string) => {
    const created = element("button", {
      type: "button",
      textContent,
      ariaLabel: `${textContent}: ${text.slice(0, 40)}`,
    });
    created.addEventListener("click", () => void attempt(act(), done));
    return created;
  };
  const item = (note: Note) =>
    element(
      "li",
      {},
      element("p", { textContent: note.text }),
      element(
        "footer",
        {},
        element("time", { dateTime: new Date(note.at).toISOString(), textContent: when.format(note.at) }),
        button("Copy", note, () => actions.copy(note), "Copied."),
        button("Remind me", note, () => actions.remind(note), "You will be reminded in ten seconds."),
        button("Remove", note, () => actions.remove(note.id)),
      ),
    );

  const sheet = createSheet();
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  root.append(notes);

  return {
    show(all, isKept) {
      list.replaceChildren(...all.map(item));
      notes.classList.toggle("lost", !isKept);
      if (!isKept) status.textContent = "These notes go with the unit: it was not allowed to keep anything.";
    },
    draft(text) {
      field.value ||= text;
    },
    destroy() {
      notes.remove();
      document.adoptedStyleSheets = document.adoptedStyleSheets.filter((adopted) => adopted !== sheet);
    },
  };
}

function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  properties: Partial<HTMLElementTagNameMap[K]> = {},
  ...children: Node[]
): HTMLElementTagNameMap[K] {
  const created = Object.assign(document.createElement(tag), properties);
  created.append(...children);
  return created;
}
