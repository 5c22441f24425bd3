// Loads the editor when somebody begins to write; when it cannot be loaded, the plain field goes on.

import { make } from "courtyard/composer-words";

/** Resolves when the editor stands in `composer.editor`, or could not be loaded. */
export async function openEditor(composer) {
  try {
    const [{ startEditor }] = await Promise.all([import("courtyard/editor"), loadStyle(composer.form.dataset.style)]);
    composer.editor = await startEditor(composer);
  } catch (error) {
    console.warn("The editor could not be loaded; the plain field goes on.", error);
  }
  composer.opening = null;
}

function loadStyle(href) {
  if (document.querySelector(`link[href="${href}"]`)) return null;
  const link = make("link", { rel: "stylesheet", href });
  return new Promise((resolve, reject) => {
    link.addEventListener("load", resolve);
    link.addEventListener("error", () => {
      link.remove();
      reject(new Error("no style"));
    });
    document.head.append(link);
  });
}
