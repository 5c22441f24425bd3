// One way to the server: JSON, our token, and once more with a fresh token when ours is too old (a sign-in elsewhere).

function token(form) {
  return form.elements.csrfmiddlewaretoken;
}

/** fetch() for a composer's form. `body` may be FormData or text. Network failures throw, as with fetch. */
export async function ask(form, url, { method = "POST", body, type, keepalive = false } = {}) {
  const send = () => {
    const headers = { Accept: "application/json", "X-CSRFToken": token(form).value };
    if (type) headers["Content-Type"] = type;
    if (body instanceof FormData) body.set("csrfmiddlewaretoken", token(form).value);
    return fetch(url, { method, body, headers, keepalive, credentials: "same-origin" });
  };
  const answer = await send();
  if (answer.status !== 403) return answer;
  const fresh = await answer.clone().json().catch(() => ({}));
  if (!fresh.csrf) return answer;
  token(form).value = fresh.csrf;
  return send();
}
