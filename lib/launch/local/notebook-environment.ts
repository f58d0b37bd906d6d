import path from "node:path";

/** What a notebook may know of Meridian's own environment; DATABASE_URL and other secrets are not on the list. */
const handedOn = [
  /^(PATH|LANG|LANGUAGE|LC_.*|TZ|TMPDIR|SHELL|USER|LOGNAME|TERM)$/,
  /^(https?|ftp|no|all)_proxy$/i,
  /^(SSL_CERT_FILE|SSL_CERT_DIR|REQUESTS_CA_BUNDLE|CURL_CA_BUNDLE|NODE_EXTRA_CA_CERTS)$/,
  /^(LD_LIBRARY_PATH|DYLD_LIBRARY_PATH|CUDA_.*|NVIDIA_.*|MODULEPATH)$/,
  /^(PYENV_ROOT|PYENV_VERSION|CONDA_.*|VIRTUAL_ENV|PIP_(?!.*(USER|PASS)).*)$/,
];

/**
 * The environment in which Jupyter is looked for and started: only what is on the list above, with HOME set to `home`.
 * Both use the same one, so that a Jupyter that was found also starts.
 */
export function notebookEnvironment(
  from: NodeJS.ProcessEnv,
  home: string,
  more: Readonly<Record<string, string>> = {},
): NodeJS.ProcessEnv {
  const kept: Record<string, string> = {};
  for (const [name, value] of Object.entries(from)) {
    if (value !== undefined && handedOn.some((pattern) => pattern.test(name))) kept[name] = value;
  }
  // pyenv's shims look for their versions below HOME, which is not theirs here.
  if (!kept.PYENV_ROOT && from.HOME) {
    const shims = path.join(/* turbopackIgnore: true */ from.HOME, ".pyenv", "shims");
    if (kept.PATH?.split(path.delimiter).includes(shims)) kept.PYENV_ROOT = path.dirname(shims);
  }
  const environment: Record<string, string> = { ...kept, HOME: home, ...more };
  return environment as NodeJS.ProcessEnv; // Next's types want NODE_ENV in every environment; Jupyter does not
}
