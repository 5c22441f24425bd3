// Passkeys: asks the browser for one and sends what it answers with the form. allauth's templates say which button and
// which field, in data blocks: <script type="application/json" data-allauth-onload="allauth.webauthn.forms.addForm">.

const bytes = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (sign) => sign.charCodeAt(0));
const words = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
const known = (list = []) => list.map((each) => ({ ...each, id: bytes(each.id) }));
const byId = (id) => document.getElementById(id);

async function made(options, isAlone) {
  const { publicKey } = options;
  const wish = { ...publicKey.authenticatorSelection };
  wish.residentKey = isAlone ? "required" : "discouraged"; // kept in the device: signs in without a password
  wish.requireResidentKey = isAlone;
  if (isAlone) wish.userVerification = "required";
  const credential = await navigator.credentials.create({
    publicKey: {
      ...publicKey,
      authenticatorSelection: wish,
      challenge: bytes(publicKey.challenge),
      user: { ...publicKey.user, id: bytes(publicKey.user.id) },
      excludeCredentials: known(publicKey.excludeCredentials),
    },
  });
  const { response } = credential;
  return said(credential, {
    clientDataJSON: words(response.clientDataJSON),
    attestationObject: words(response.attestationObject),
    transports: response.getTransports?.() ?? [],
  });
}

async function shown({ publicKey }) {
  const credential = await navigator.credentials.get({
    publicKey: { ...publicKey, challenge: bytes(publicKey.challenge), allowCredentials: known(publicKey.allowCredentials) },
  });
  const { response } = credential;
  return said(credential, {
    clientDataJSON: words(response.clientDataJSON),
    authenticatorData: words(response.authenticatorData),
    signature: words(response.signature),
    userHandle: response.userHandle ? words(response.userHandle) : null,
  });
}

const said = (credential, response) => ({
  type: credential.type,
  id: credential.id,
  rawId: words(credential.rawId),
  response,
  clientExtensionResults: credential.getClientExtensionResults(),
});

const printed = ({ data }) => JSON.parse(byId(data).textContent);

const ways = {
  addForm: { button: "add", ask: (ids) => made(printed(ids).creation_options, byId(ids.passwordless)?.checked ?? false) },
  authenticateForm: { button: "authenticate", ask: (ids) => shown(printed(ids).request_options) },
  loginForm: {
    button: "login",
    async ask(ids) {
      const answer = await fetch(byId(ids.credential).form.action, { headers: { Accept: "application/json" } });
      if (!answer.ok) throw new Error(`the site answered ${answer.status}`);
      return shown((await answer.json()).request_options);
    },
  },
};

function begin(block) {
  const way = ways[block.dataset.allauthOnload.split(".").pop()];
  const { ids } = JSON.parse(block.textContent);
  const button = byId(ids[way?.button]);
  const field = byId(ids.credential);
  if (!way || !button || !field) return;
  const problem = byId("passkey-problem");
  button.closest(".cluster").before(problem);
  button.hidden = false;
  button.addEventListener("click", async (event) => {
    event.preventDefault();
    problem.hidden = true;
    button.disabled = true;
    try {
      field.value = JSON.stringify(await way.ask(ids));
      field.form.submit();
    } catch {
      button.disabled = false; // cancelled, mostly; browsers do not tell it from the rest
      problem.hidden = false;
    }
  });
}

if (window.PublicKeyCredential) document.querySelectorAll("script[data-allauth-onload]").forEach(begin);
