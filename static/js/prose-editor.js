// Turns the text area of a component into a rich text editor. Without it the text area works as it is: the server
// sanitises both the same way. References [[token]] are shown with their data and kept as tokens.
const token = /\[\[\s*([^\[\]<>]+?)\s*\]\]/g;

export async function begin(field) {
  const textarea = field.querySelector("textarea");
  const kit = await import(field.dataset.prose);
  const values = new Map([...field.querySelectorAll("[data-token]")].map((b) => [b.dataset.token.slice(2, -2), b.dataset.value]));
  const place = document.createElement("div");
  textarea.after(place);
  const editor = new kit.Editor({
    element: place,
    injectCSS: false,
    extensions: extensions(kit, values),
    content: shown(textarea.value),
    editorProps: { attributes: {
      class: "doc prosetext", role: "textbox", "aria-multiline": "true", lang: "es", spellcheck: "true",
      "aria-labelledby": field.querySelector("label").id,
    } },
    onUpdate: keep,
    onSelectionUpdate: mark,
    onTransaction: mark,
  });
  textarea.hidden = true;
  textarea.form.addEventListener("autosave:restored", () => editor.commands.setContent(shown(textarea.value)));
  for (const hidden of field.querySelectorAll("[data-prose-tools], [data-token]")) hidden.hidden = false;
  field.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (button?.dataset.do) acts(editor, field)[button.dataset.do]?.();
    else if (button?.dataset.token) editor.chain().focus().insertContent(reference(button.dataset.token.slice(2, -2))).run();
  });
  mark();

  function keep() {
    textarea.value = typed(editor.getHTML());
    textarea.dispatchEvent(new Event("input", { bubbles: true }));
  }

  function mark() {
    if (!editor?.isActive) return;
    for (const [name, args] of Object.entries(marks)) {
      field.querySelector(`[data-do="${name}"]`).setAttribute("aria-pressed", editor.isActive(...args));
    }
    field.querySelector("[data-prose-table]").hidden = !editor.isActive("table");
  }
}

const marks = {
  paragraph: ["paragraph"], heading3: ["heading", { level: 3 }], heading4: ["heading", { level: 4 }],
  bold: ["bold"], italic: ["italic"], bullets: ["bulletList"], numbers: ["orderedList"], link: ["link"],
};

function acts(editor, field) {
  const run = () => editor.chain().focus();
  const box = field.querySelector("[data-prose-link]"), address = box.querySelector("input");
  return {
    paragraph: () => run().setParagraph().run(),
    heading3: () => run().toggleHeading({ level: 3 }).run(),
    heading4: () => run().toggleHeading({ level: 4 }).run(),
    bold: () => run().toggleBold().run(),
    italic: () => run().toggleItalic().run(),
    bullets: () => run().toggleBulletList().run(),
    numbers: () => run().toggleOrderedList().run(),
    table: () => run().insertTable({ rows: 3, cols: 2, withHeaderRow: true }).run(),
    addRow: () => run().addRowAfter().run(),
    addColumn: () => run().addColumnAfter().run(),
    removeRow: () => run().deleteRow().run(),
    removeColumn: () => run().deleteColumn().run(),
    removeTable: () => run().deleteTable().run(),
    undo: () => run().undo().run(),
    redo: () => run().redo().run(),
    link: () => { box.hidden = !box.hidden; address.value = editor.getAttributes("link").href || ""; if (!box.hidden) address.focus(); },
    setLink: () => { if (address.value) run().extendMarkRange("link").setMark("link", { href: address.value }).run(); box.hidden = true; },
    unsetLink: () => { run().extendMarkRange("link").unsetMark("link").run(); box.hidden = true; },
  };
}

function extensions(kit, values) {
  const headers = kit.TableHeader.extend({ addAttributes() {
    return { ...this.parent?.(), scope: { default: "col", parseHTML: (e) => e.getAttribute("scope") || "col" } };
  } });
  const table = kit.Table.extend({ renderHTML: () => ["table", ["tbody", 0]] }); // no widths: the style sheet decides
  return [
    kit.Document, kit.Paragraph, kit.Text, kit.HardBreak, kit.Bold, kit.Italic, kit.History,
    kit.Heading.configure({ levels: [3, 4] }), kit.BulletList, kit.OrderedList, kit.ListItem,
    kit.Link.configure({ openOnClick: false }), table, kit.TableRow, headers, kit.TableCell, referenceNode(kit, values),
  ];
}

// A reference is one thing in the text: it is put, read and deleted whole.
function referenceNode(kit, values) {
  return kit.Node.create({
    name: "reference", group: "inline", inline: true, atom: true, selectable: true,
    addAttributes: () => ({ token: { default: "", parseHTML: (e) => e.dataset.ref, renderHTML: (a) => ({ "data-ref": a.token }) } }),
    parseHTML: () => [{ tag: "span[data-ref]" }],
    renderHTML: ({ node, HTMLAttributes }) => ["span", { ...HTMLAttributes, class: values.get(node.attrs.token) ? "ref" : "ref ref--missing", title: `[[${node.attrs.token}]]` }, values.get(node.attrs.token) || `[[${node.attrs.token}]]`],
    renderText: ({ node }) => `[[${node.attrs.token}]]`,
  });
}

const reference = (name) => ({ type: "reference", attrs: { token: name } });
const shown = (html) => html.replace(token, (_, name) => `<span data-ref="${name}"></span>`);

function typed(html) {
  const page = new DOMParser().parseFromString(html, "text/html");
  for (const span of page.querySelectorAll("span[data-ref]")) span.replaceWith(`[[${span.dataset.ref}]]`);
  return page.body.innerHTML;
}
