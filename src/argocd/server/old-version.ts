/** The first version that syncs chosen sources of an Application, whose lists and streams are as this project reads them. */
const OLDEST = { major: 2, minor: 11 };

/** A warning about a server that is too old to be relied on; `''` when it is new enough, or its version is no number. */
export function oldVersionWarning(version: string): string {
  const [, major = '', minor = ''] = /^v?(\d+)\.(\d+)\./.exec(version) ?? [];
  if (major === '') return '';
  const old = Number(major) < OLDEST.major || (Number(major) === OLDEST.major && Number(minor) < OLDEST.minor);
  return old
    ? `this server is Argo CD ${version}; versions before ${OLDEST.major}.${OLDEST.minor} are not supported and may misunderstand what they are asked`
    : '';
}
