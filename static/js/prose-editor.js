// Turns the text area of a component into a rich text editor. Without it the text area works as it is: the server
// sanitises both the same way. References [[token]] are shown with their data and kept as tokens: chosen from the menu of
// data, or typed. A passage that is selected can be commented, and a commented one is found again.
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
    extensions: extensions(kit, values, field.dataset),
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
  textarea.form.addEventListener("autosave:joined", () => { if (typed(editor.getHTML()) !== textarea.value) adopt(shown(textarea.value)); });
  for (const hidden of field.querySelectorAll("[data-prose-tools], [data-token], [data-prose-search]")) hidden.hidden = false;
  searchable(field);
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-find-passage]");
    if (button) find(editor, button.dataset.findPassage);
  });
  showFinders();
  document.body.addEventListener("htmx:afterSettle", showFinders);
  field.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (button?.dataset.do) acts(editor, field)[button.dataset.do]?.();
    else if (button?.dataset.token) editor.chain().focus().insertContent(reference(button.dataset.token.slice(2, -2))).run();
  });
  mark();

  // Puts what somebody else wrote in its place and leaves the rest, with the caret, as it is.
  function adopt(html) {
    const page = new DOMParser().parseFromString(html, "text/html");
    const now = editor.state.doc, then = kit.pm.model.DOMParser.fromSchema(editor.schema).parse(page.body);
    const start = now.content.findDiffStart(then.content);
    if (start === null) return;
    const end = now.content.findDiffEnd(then.content), overlap = Math.max(0, start - Math.min(end.a, end.b));
    const change = editor.state.tr.replace(start, end.a + overlap, then.slice(start, end.b + overlap));
    editor.view.dispatch(change.setMeta("addToHistory", false).setMeta("preventUpdate", true));
  }

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
    data: () => openData(field),
    comment: () => comment(editor, field.querySelector("[data-comments]").dataset.comments),
    link: () => { box.hidden = !box.hidden; address.value = editor.getAttributes("link").href || ""; if (!box.hidden) address.focus(); },
    setLink: () => { if (address.value) run().extendMarkRange("link").setMark("link", { href: address.value }).run(); box.hidden = true; },
    unsetLink: () => { run().extendMarkRange("link").unsetMark("link").run(); box.hidden = true; },
  };
}

// The menu of data, narrowed to what is searched.
function searchable(field) {
  const search = field.querySelector("[data-prose-search] input"), nothing = field.querySelector("[data-prose-nothing]");
  const bare = (words) => words.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  search.addEventListener("input", (event) => {
    event.stopPropagation();
    const wanted = bare(search.value).split(/\s+/);
    for (const entry of field.querySelectorAll("[data-group] li")) entry.hidden = !wanted.every((word) => bare(entry.textContent).includes(word));
    for (const group of field.querySelectorAll("[data-group]")) group.hidden = !group.querySelector("li:not([hidden])");
    nothing.hidden = Boolean(field.querySelector("[data-group]:not([hidden])"));
  });
  search.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    field.querySelector("[data-group] li:not([hidden]) [data-token]")?.click();
  });
}

function openData(field) {
  field.querySelector("[data-prose-data]").open = true;
  field.querySelector("[data-prose-search] input").focus();
}

// A comment on what is selected: its words and those around it go to the form of the comments, at the right.
const around = 64;

async function comment(editor, address) {
  const { from, to } = editor.state.selection, doc = editor.state.doc;
  const words = (start, end) => doc.textBetween(start, end, " ", (node) => (node.type.name === "reference" ? `[[${node.attrs.token}]]` : " "));
  const passage = { quote: words(from, to), prefix: words(0, from).slice(-around), suffix: words(to, doc.content.size).slice(0, around) };
  if (!document.querySelector("[data-comment-form]")) await showComments(address);
  const form = document.querySelector("[data-comment-form]");
  if (!form) return;
  form.closest("details").open = true;
  for (const [name, value] of Object.entries(passage)) form.elements[name].value = from === to ? "" : value;
  form.elements.body.focus();
}

async function showComments(address) {
  const answer = await fetch(address);
  if (!answer.ok || answer.redirected) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  document.getElementById("company").replaceWith(document.adoptNode(page.getElementById("company")));
  showFinders();
}

const showFinders = () => document.querySelectorAll("[data-find-passage]").forEach((button) => { button.hidden = false; });

// Selects the first place of the text that says the passage, letter by letter, references as their tokens.
function find(editor, quote) {
  const places = [];
  let text = "";
  const put = (words, at, step) => { for (let n = 0; n < words.length; n += 1) { text += words[n]; places.push(at + n * step); } };
  editor.state.doc.descendants((node, at) => {
    if (node.isBlock && text && !text.endsWith(" ")) put(" ", at, 0);
    if (node.isText) put(node.text.replace(/\s/g, " "), at, 1);
    else if (node.type.name === "reference") put(`[[${node.attrs.token}]]`, at, 0);
  });
  const start = text.indexOf(quote);
  if (start >= 0) editor.chain().focus().setTextSelection({ from: places[start], to: places[start + quote.length - 1] + 1 }).scrollIntoView().run();
}

function extensions(kit, values, words) {
  const headers = kit.TableHeader.extend({ addAttributes() {
    return { ...this.parent?.(), scope: { default: "col", parseHTML: (e) => e.getAttribute("scope") || "col" } };
  } });
  const table = kit.Table.extend({ renderHTML: () => ["table", ["tbody", 0]] }); // no widths: the style sheet decides
  return [
    kit.Document, kit.Paragraph, kit.Text, kit.HardBreak, kit.Bold, kit.Italic, kit.History,
    kit.Heading.configure({ levels: [3, 4] }), kit.BulletList, kit.OrderedList, kit.ListItem,
    kit.Link.configure({ openOnClick: false }), table, kit.TableRow, headers, kit.TableCell, referenceNode(kit, values, words),
  ];
}

// A reference is one thing in the text: it is put, read and deleted whole.
function referenceNode(kit, values, words) {
  const mend = (name) => (values.get(name) ? "" : ` ${values.has(name) ? words.empty : words.unknown}`);
  return kit.Node.create({
    name: "reference", group: "inline", inline: true, atom: true, selectable: true,
    addAttributes: () => ({ token: { default: "", parseHTML: (e) => e.dataset.ref, renderHTML: (a) => ({ "data-ref": a.token }) } }),
    parseHTML: () => [{ tag: "span[data-ref]" }],
    renderHTML: ({ node, HTMLAttributes }) => ["span", { ...HTMLAttributes, class: values.get(node.attrs.token) ? "ref" : "ref ref--missing", title: `[[${node.attrs.token}]]${mend(node.attrs.token)}` }, values.get(node.attrs.token) || `[[${node.attrs.token}]]`],
    addInputRules() {
      const find = (text) => {
        const found = /\[\[\s*([^[\]<>]+?)\s*\]\]$/.exec(text);
        return found && { index: found.index, text: found[0], data: { token: found[1] } };
      };
      return [kit.nodeInputRule({ find, type: this.type, getAttributes: (match) => match.data })];
    },
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
