// Pictures dropped, pasted or chosen: sent at once, while their writer says what can be seen in them.

import { make, word } from "courtyard/composer-words";
import { askAlt } from "courtyard/editor-dialogs";

const KINDS = "image/jpeg,image/png,image/webp,image/gif";

/** The pictures somebody pastes or drops; none when words come along (Word adds a picture of the whole text). */
export function picturesIn(data) {
  const files = [...(data?.files ?? [])].filter((file) => file.type.startsWith("image/"));
  if (!files.length) return [];
  const html = data.getData("text/html");
  const words = html && new DOMParser().parseFromString(html, "text/html").body.textContent.trim();
  return words ? [] : files;
}

export function choosePictures(composer, editor) {
  const input = make("input", { type: "file", accept: KINDS, multiple: true });
  input.addEventListener("change", () => addPictures(composer, editor, [...input.files]));
  input.click();
}

/** One after the other at `position` (the selection's end when not given), which moves along with what is written. */
export async function addPictures(composer, editor, files, position = editor.state.selection.to) {
  let place = position;
  const follow = ({ transaction }) => {
    place = transaction.mapping.map(place);
  };
  editor.on("transaction", follow);
  for (const file of files) {
    try {
      const picture = await sendAndAsk(composer, file);
      if (!picture) continue;
      editor.chain().insertContentAt(place, { type: "picture", attrs: picture }).focus().run();
      composer.say(word("uploaded"));
    } catch (error) {
      composer.say(error.message || word("failed"));
    }
  }
  editor.off("transaction", follow);
}

async function sendAndAsk(composer, file) {
  const shown = URL.createObjectURL(file);
  const request = new XMLHttpRequest();
  const sent = upload(composer, file, request);
  sent.catch(() => {}); // it is looked at after the question
  const alt = await askAlt(shown);
  URL.revokeObjectURL(shown);
  if (alt === null) {
    request.abort();
    return null;
  }
  const { url, width, height } = await sent;
  return { src: url, alt, width: String(width), height: String(height) };
}

export function editPicture(editor) {
  const { src, alt } = editor.getAttributes("picture");
  return askAlt(src, alt, false).then((words) => {
    const chain = editor.chain().focus();
    (words === null ? chain : chain.updateAttributes("picture", { alt: words })).run();
  });
}

/** Resolves to {url, width, height}; throws an Error with words for the person. `composer`: {form, say}. */
export function upload(composer, file, request = new XMLHttpRequest(), isSecond = false) {
  const { form } = composer;
  const body = new FormData();
  body.set("picture", file);
  return new Promise((resolve, reject) => {
    request.open("POST", form.dataset.pictures);
    request.setRequestHeader("Accept", "application/json");
    request.setRequestHeader("X-CSRFToken", form.elements.csrfmiddlewaretoken.value);
    request.responseType = "json";
    request.upload.addEventListener("progress", ({ loaded, total }) => {
      composer.say(word("uploading", { percent: Math.floor((loaded / total) * 100) }));
    });
    request.addEventListener("error", () => reject(new Error(word("offline"))));
    request.addEventListener("load", () => {
      const answer = request.response ?? {};
      if (request.status === 201) resolve(answer);
      else if (request.status === 403 && answer.csrf && !isSecond) {
        form.elements.csrfmiddlewaretoken.value = answer.csrf;
        upload(composer, file, new XMLHttpRequest(), true).then(resolve, reject);
      } else reject(new Error(answer.error || word(request.status === 413 ? "tooLarge" : "failed")));
    });
    request.send(body);
  });
}
