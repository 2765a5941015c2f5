export type MemberKind = "url" | "urls" | "words" | "flag" | "text" | "client-id";

const metadataRows: readonly (readonly [MemberKind, string])[] = [
  [
    "url",
    "issuer authorization_endpoint token_endpoint registration_endpoint jwks_uri userinfo_endpoint end_session_endpoint " +
      "revocation_endpoint introspection_endpoint device_authorization_endpoint pushed_authorization_request_endpoint " +
      "backchannel_authentication_endpoint check_session_iframe service_documentation op_policy_uri op_tos_uri resource " +
      "resource_documentation resource_policy_uri resource_tos_uri client_uri logo_uri tos_uri policy_uri " +
      "sector_identifier_uri initiate_login_uri backchannel_logout_uri challenge_endpoint kerberos_endpoint",
  ],
  ["urls", "authorization_servers redirect_uris post_logout_redirect_uris request_uris protected_resources"],
  [
    "words",
    "scopes_supported response_types_supported response_modes_supported grant_types_supported subject_types_supported " +
      "acr_values_supported display_values_supported claim_types_supported claims_supported ui_locales_supported " +
      "claims_locales_supported prompt_values_supported token_endpoint_auth_methods_supported " +
      "revocation_endpoint_auth_methods_supported introspection_endpoint_auth_methods_supported " +
      "token_endpoint_auth_signing_alg_values_supported id_token_signing_alg_values_supported " +
      "id_token_encryption_alg_values_supported id_token_encryption_enc_values_supported " +
      "userinfo_signing_alg_values_supported request_object_signing_alg_values_supported " +
      "authorization_signing_alg_values_supported dpop_signing_alg_values_supported code_challenge_methods_supported " +
      "bearer_methods_supported resource_signing_alg_values_supported authorization_details_types_supported " +
      "backchannel_token_delivery_modes_supported grant_types response_types scope token_endpoint_auth_method " +
      "application_type subject_type contacts_supported identity_chaining_requested_token_types_supported " +
      "id_token_signed_response_alg token_endpoint_auth_signing_alg",
  ],
  [
    "flag",
    "client_id_metadata_document_supported authorization_response_iss_parameter_supported " +
      "require_pushed_authorization_requests require_request_uri_registration request_parameter_supported " +
      "request_uri_parameter_supported claims_parameter_supported frontchannel_logout_supported " +
      "frontchannel_logout_session_supported backchannel_logout_supported backchannel_logout_session_supported " +
      "tls_client_certificate_bound_access_tokens dpop_bound_access_tokens_required dpop_bound_access_tokens " +
      "require_signed_request_object require_auth_time backchannel_user_code_parameter_supported",
  ],
  ["text", "client_name resource_name software_id software_version"],
  ["client-id", "client_id"],
];

/**
 * Members of public metadata documents that stay in clear: RFC 8414 §2, OpenID Connect Discovery §3, RFC 9728 §2, OAuth
 * Client ID Metadata Document, and the client metadata of RFC 7591 §2 that such a document may hold.
 */
export const metadataMembers: ReadonlyMap<string, MemberKind> = new Map(
  metadataRows.flatMap(([kind, names]) => names.split(" ").map((name) => [name, kind] as const)),
);
