/**
 * Words of error, login and consent pages and of the specifications: never a secret, whatever surrounds them. Unknown words
 * stay too when they look like words (`shape.ts`); this list decides next to something that had to be masked.
 */
const words: ReadonlySet<string> = new Set(
  (
    "a aad aadsts abled about above absent absolute accept accepted accepts acceso access accessible account accounts " +
    "accès activate active add added address addresses admin administrator administrators advanced advertised advice " +
    "after again against agent ago agree ai aka algorithm all allowed already also although am amazon amazoncognito " +
    "an and android anfrage anmelden anmeldung another answered anthropic any api apim app apple application " +
    "applications approve approved apps are aren array as asana ask assertion assigned assistance associated at " +
    "atlassian attempt attention audience auf auth authapierror authelia authenticate authenticated authenticating " +
    "authentication authentik authorisation authorise authorised authority authorization authorize authorized " +
    "automatically available avec aware aws azure back bad base baseurl basic be bearer because becomes been before " +
    "begin beginning being belong below benutzer between big bitte blank blocked body boolean both bottom brave " +
    "brokerplugin browser built bummer but button by cache cached call callback callbacks calls can cancel cannot " +
    "capabilities captcha careful case caution challenge character characters chat chatgpt check checking choose " +
    "chrome chromium cimd claim claims classified claude clear cleared clerk cli click client cliente clientid " +
    "clients clientscope close closed cloud cloudflare code codes codex cognito column com common company complete " +
    "completed comply compte computer condition conditions confidential configuration configurations configure " +
    "configured confirm confirmation confirmed conflict confluence connect connected connecting connection " +
    "connections connector connexion consent consent_required consented considered console consumers contact contain " +
    "containing contains content context continue contraseña control cookie cookies copilot copyright correct " +
    "correctly correlation correo cors could couldn create created creating credential credentials cross csrf css ct " +
    "cuenta current cursor custom d das data database datatracker date day days dcr de deactivated decline declined " +
    "decode decoded decoding defined delete deleted deleting demande denegado denied der des descope description " +
    "desktop detail details detected developer developers device devices dex did didn die different digest digits " +
    "directory disable disabled disallowed discover discovered discovery disk display dns do doc docs document " +
    "documentation documents does doesn doing domain domains don done dotnet down dpop dsize du due duplicate during " +
    "dynamic e each edge ein eine else email embedded empty enable enabled encoded encoding encountered end endpoint " +
    "endpoints enough ensure ent enter entity entra entropy err erreur error errors est et evaluation even exactly " +
    "example exceeded exception exchange exist existing exists expected expecting expiration expire expired " +
    "expiredorrevoked expires explicit external failed fails failure fallback false fastmcp fehler fetch fetching few " +
    "field fields figma file finish firebase firefox first fix fixed float flow followed following for forbidden form " +
    "format formed found fragment fragments from fulfilling full function further für gateway gefunden general " +
    "generic get github gitlab given global go golang gone good google goose got grant granted grants graphql great " +
    "grpc gui guid guide had handle handled handles handling happen happened has hasn have haven having he header " +
    "headers hello help her here hi hide high hint his hmm home host hosted hostname hostnames hosts hour hours how " +
    "however html http https hubspot human hydra i iam id identifier identity idp ids ietf if ignored implement " +
    "implemented import important in inactive inactivity incident include included includes incompatible incomplete " +
    "incorrect indeed info inform information iniciar initial initiate input insecure insert inspector installed " +
    "instance instead insufficient integer integration integrations intended interaction interaction_required " +
    "internal internet into invalid invalidclient invalide invalidgrant invalidreplyto invalidrequest invalidresource " +
    "invalidresources invalidscope ios ip ipv is isn iss issuance issue issued issuer issues issuing ist it its jar " +
    "jarm java javascript jira json just jwe jws jwt kann keeping kennwort key keycloak keys known konto la large " +
    "last later le learn least left legal les less letter letters lifetime like limit limited line linear link links " +
    "linux list listed lists ll load loading localhost locked log logging login login_required logout long look looks " +
    "loop loopback loopdetected low lowercase m macos mail make malformed managed management many mapping match " +
    "matches may mcp mcpauthorization me means memory message messages metadata method methods mfa microsoft might " +
    "minute minutes misconfigured mismatch mismatching missing mit mobile mode model module moment month more most " +
    "mot mozilla msg mtls multiple multitenant must my name named names naming nan native navigate need needed needs " +
    "neither net network new next ng nicht no node non nonce none nor not note nothing notice notion now nt null " +
    "number numbers nuxt oauth object obtaining occurred oder of off offline oh oidc ok okta old omit on once one " +
    "ones only oops op open openai opened openid opera operation operations option optional options or org " +
    "organisation organization origin original ory os other otherwise ou our out output over own owner page pages par " +
    "parameter parameters parse parsing party pas passe passed password passwords passwort path patterns payload " +
    "perform performance performing permission permissions permitted persists person phone php ping pkce plain please " +
    "policy pool port portal possession post postman pour powered pre precondition preflight present presented " +
    "prevent prevented previous principal privacy private problem problems proceed process processed processing " +
    "profile project prompt proof properties protected protocol provided provider public pushed python página query " +
    "raised random rate rather raw ray re reach read reading reason received recognize recognized recommend reconnect " +
    "redeemed redemption redirect redirected redirection redirects reference refresh refused refuses refusé region " +
    "register registered registration registrationerro registrations registry reject rejected relative reload relying " +
    "remove removed repeated reply request requested requesting requests require required requires reserved resolve " +
    "resource response responses rest restart restricted restrictions resulted retour retrieve retry return returned " +
    "returns reuse reused reverse reverted revoked rfc ri right rights risk robot role ror routing rpc ruby run rust " +
    "rw s safari safe same saml scheme schemes scope scopes sdk second seconds secret secrets section secure security " +
    "see seeing seems seite select selected selection sending sensitivity sent server servers service services sesión " +
    "session sessions setting settings several shall share she short shortly should shouldn show shows sign signature " +
    "signed signin signinwithpopup signinwithredire signup signups silent since single site size slack small so " +
    "solicitud some something soon sorry spa special specified specify specs sse ssl sso st stack standard start " +
    "started state status still stop storage store stored streamablehttp string stringified stripe stuck stytch " +
    "subdomains subject submit substitute successful such sufficient supabase supplied support supported supports " +
    "sure suspended syntaxerror t tab target tcp team teapot temporarily tenant ter terms text than thank thanks that " +
    "the their them then there therefore these they third this those though threw through thrown thus ticket time " +
    "timed timeout times timestamp tls to today token tokens told too tools top trace traffic transaction transform " +
    "transient trim trouble troubleshooting true trusted try trying twice type typeerror types typescript udp uh ui " +
    "un unable unauthorised unauthorized unavailable uncaught und undefined under une unexpected ungültig ungültige " +
    "unknown unless unlocked unprocessable unrecognized unregistered unsafe unsupported until untrusted up update " +
    "updated uppercase upstream uri uris url urls us usage use used user useragent username users uses using usuario " +
    "utilisateur utils valid validate validating validation value values various ve vendor vercel verification " +
    "verified verifier verify version verweigert very veuillez via view volver von vs vscode válido wait waiting want " +
    "warning was wasn way we weak web website week weiter welcome well wellknown went werden were weren what when " +
    "where which while whitelabel whitelisted who whom why will window windows windsurf with within without won " +
    "worker workos workspace would wouldn wrong wurde www xml yahoo year yes you your zitadel zod zoderror zugriff " +
    "zurück"
  ).split(" "),
);

/** Fixed notations that mix letters and digits. */
const notations: ReadonlySet<string> = new Set(
  (
    "asp org ids asp net core aspnet oauth2 oauth1 oauth2.0 oauth2.1 s256 sha256 sha-256 sha1 sha512 utf-8 utf8 base64 base64url ipv4 ipv6 http2 http3 tls1.2 tls1.3 saml2 " +
    "x509 rs256 rs384 rs512 es256 es384 es512 ps256 ps384 ps512 hs256 hs384 hs512 eddsa ed25519 p-256 k8s i18n l10n " +
    "econnrefused econnreset econnaborted enotfound etimedout ehostunreach enetunreach eaddrinuse eproto " +
    "b2c b2b auth0 c# 2fa x-www-form-urlencoded 127.0.0.1 0.0.0.0 ::1 read-only x-frame-options pre-fetch"
  ).split(" "),
);

/** Error codes whose digits are their name: Entra ID, Azure AD B2C, IdentityModel, AD FS, and references to an RFC. */
const numberedCode =
  /^(?:aadsts\d{4,8}|aadb2c\d{4,7}|idx\d{5}|msis\d{4,5}|rfc-?\d{3,5}|32700|3260[0-3]|3200\d|http\/[123](?:\.[01])?|ora-\d{5})$/;

export function isKnownWord(word: string): boolean {
  if (word.length > 24) return false;
  const lower = word.toLowerCase();
  return words.has(lower) || notations.has(lower) || numberedCode.test(lower);
}
