import type { Server } from "../server.ts";
import { amazonCognito } from "./amazon-cognito.ts";
import { asana } from "./asana.ts";
import { atlassian } from "./atlassian.ts";
import { auth0 } from "./auth0.ts";
import { aweber } from "./aweber.ts";
import { betterAuth } from "./better-auth.ts";
import { bitbucket } from "./bitbucket.ts";
import { box } from "./box.ts";
import { clerk } from "./clerk.ts";
import { cloudflareWorkersOauthProvider } from "./cloudflare-workers-oauth-provider.ts";
import { discord } from "./discord.ts";
import { djangoOauthToolkit } from "./django-oauth-toolkit.ts";
import { doorkeeper } from "./doorkeeper.ts";
import { duendeIdentityserver } from "./duende-identityserver.ts";
import { facebook } from "./facebook.ts";
import { fastmcpPython } from "./fastmcp-python.ts";
import { fastmcpTypescript } from "./fastmcp-typescript.ts";
import { figma } from "./figma.ts";
import { firebase } from "./firebase.ts";
import { giteaForgejo } from "./gitea-forgejo.ts";
import { github } from "./github.ts";
import { gitlab } from "./gitlab.ts";
import { google } from "./google.ts";
import { identityserver3 } from "./identityserver3.ts";
import { indeed } from "./indeed.ts";
import { jumpcloud } from "./jumpcloud.ts";
import { keycloak } from "./keycloak.ts";
import { leagueOauth2Server } from "./league-oauth2-server.ts";
import { linear } from "./linear.ts";
import { linkedin } from "./linkedin.ts";
import { mcpPythonSdk } from "./mcp-python-sdk.ts";
import { mcpTypescriptSdk } from "./mcp-typescript-sdk.ts";
import { microsoftAccount } from "./microsoft-account.ts";
import { microsoftEntra } from "./microsoft-entra.ts";
import { nextcloud } from "./nextcloud.ts";
import { nextcloudOidc } from "./nextcloud-oidc.ts";
import { nodeOauth2Server } from "./node-oauth2-server.ts";
import { nodeOidcProvider } from "./node-oidc-provider.ts";
import { notion } from "./notion.ts";
import { okta } from "./okta.ts";
import { onelogin } from "./onelogin.ts";
import { oryFosite } from "./ory-fosite.ts";
import { oryHydra } from "./ory-hydra.ts";
import { paypal } from "./paypal.ts";
import { pingone } from "./pingone.ts";
import { sentry } from "./sentry.ts";
import { slack } from "./slack.ts";
import { spotify } from "./spotify.ts";
import { springAuthorizationServer } from "./spring-authorization-server.ts";
import { supabase } from "./supabase.ts";
import { workos } from "./workos.ts";
import { yahoo } from "./yahoo.ts";
import { zoho } from "./zoho.ts";

/** All products, in the order of their ids. */
export const servers: readonly Server[] = [
  amazonCognito,
  asana,
  atlassian,
  auth0,
  aweber,
  betterAuth,
  bitbucket,
  box,
  clerk,
  cloudflareWorkersOauthProvider,
  discord,
  djangoOauthToolkit,
  doorkeeper,
  duendeIdentityserver,
  facebook,
  fastmcpPython,
  fastmcpTypescript,
  figma,
  firebase,
  giteaForgejo,
  github,
  gitlab,
  google,
  identityserver3,
  indeed,
  jumpcloud,
  keycloak,
  leagueOauth2Server,
  linear,
  linkedin,
  mcpPythonSdk,
  mcpTypescriptSdk,
  microsoftAccount,
  microsoftEntra,
  nextcloud,
  nextcloudOidc,
  nodeOauth2Server,
  nodeOidcProvider,
  notion,
  okta,
  onelogin,
  oryFosite,
  oryHydra,
  paypal,
  pingone,
  sentry,
  slack,
  spotify,
  springAuthorizationServer,
  supabase,
  workos,
  yahoo,
  zoho,
];
