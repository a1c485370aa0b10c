namespace Overmind.Errors;

/// <summary>
/// Every error a caller can meet. Its word (<c>conversation_not_found</c>) is stable and never reused; docs/errors.md has an entry for each.
/// </summary>
public enum ErrorCode
{
    [Error(400, "The request body is not valid JSON")]
    InvalidJson,

    [Error(400, "A member has the wrong type")]
    InvalidType,

    [Error(400, "The body has a member that this route does not know")]
    UnknownField,

    [Error(400, "A parameter is not valid")]
    InvalidParameter,

    [Error(400, "The file is of no format that is known")]
    UnknownImportFormat,

    [Error(400, "The host name is not one this server answers to")]
    HostNotAllowed,

    [Error(400, "The form has expired")]
    InvalidFormToken,

    [Error(401, "An API key is needed")]
    Unauthenticated,

    [Error(401, "The API key is not valid")]
    InvalidApiKey,

    [Error(401, "The access token is not valid")]
    InvalidAccessToken,

    [Error(401, "The access token has expired")]
    AccessTokenExpired,

    [Error(401, "The session has ended")]
    SessionEnded,

    [Error(401, "The refresh token is not valid")]
    InvalidRefreshToken,

    [Error(401, "The refresh token was used before")]
    RefreshTokenReused,

    [Error(401, "E-mail or password is wrong")]
    InvalidCredentials,

    [Error(402, "A budget is used up")]
    BudgetExceeded,

    [Error(403, "The API key lacks a scope")]
    InsufficientScope,

    [Error(403, "The role does not allow this")]
    Forbidden,

    [Error(403, "The organization is suspended")]
    OrganizationSuspended,

    [Error(403, "You are no member of this organization")]
    NotAMember,

    [Error(403, "Nobody here is known by this identity")]
    IdentityUnknown,

    [Error(403, "Sign-up is closed")]
    SignUpClosed,

    [Error(404, "There is no such route")]
    RouteNotFound,

    [Error(404, "There is no such conversation")]
    ConversationNotFound,

    [Error(404, "There is no such message")]
    MessageNotFound,

    [Error(404, "The conversation has no such branch")]
    BranchNotFound,

    [Error(404, "No context is kept of the message")]
    ContextSnapshotNotFound,

    [Error(404, "The message has no such version")]
    MessageVersionNotFound,

    [Error(404, "There is no such attachment")]
    AttachmentNotFound,

    [Error(404, "There is no such memory")]
    MemoryNotFound,

    [Error(404, "The memory has no such version")]
    MemoryVersionNotFound,

    [Error(404, "There is no such datastore")]
    DatastoreNotFound,

    [Error(404, "The conversation has no such session")]
    ConversationSessionNotFound,

    [Error(404, "There is no such share")]
    ShareNotFound,

    [Error(404, "There is no such run")]
    RunNotFound,

    [Error(404, "There is no such agent")]
    AgentNotFound,

    [Error(404, "There is no such context template")]
    ContextTemplateNotFound,

    [Error(404, "There is no such version of the context template")]
    ContextTemplateVersionNotFound,

    [Error(404, "There is no such version of a workflow")]
    WorkflowVersionNotFound,

    [Error(404, "There is no such step")]
    StepNotFound,

    [Error(404, "There is no such replay")]
    ReplayNotFound,

    [Error(404, "There is no such job")]
    JobNotFound,

    [Error(404, "There is no such API key")]
    ApiKeyNotFound,

    [Error(404, "There is no such member")]
    MemberNotFound,

    [Error(404, "There is no such trait")]
    TraitNotFound,

    [Error(404, "There is no such session")]
    SessionNotFound,

    [Error(404, "There is no such invitation")]
    InvitationNotFound,

    [Error(404, "There is no such model provider")]
    ModelProviderNotFound,

    [Error(404, "There is no such price")]
    PriceNotFound,

    [Error(404, "There is no such exchange rate")]
    ExchangeRateNotFound,

    [Error(404, "There is no such budget")]
    BudgetNotFound,

    [Error(404, "There is no such answer in the response cache")]
    CacheEntryNotFound,

    [Error(404, "There is no such hit of the response cache")]
    CacheHitNotFound,

    [Error(404, "There is no such schedule")]
    ScheduleNotFound,

    [Error(404, "There is no such webhook endpoint")]
    WebhookEndpointNotFound,

    [Error(404, "There is no such webhook delivery")]
    WebhookDeliveryNotFound,

    [Error(404, "There is no such act in the audit log")]
    AuditLogNotFound,

    [Error(404, "There is no such error code")]
    ErrorCodeNotFound,

    [Error(405, "The route does not take this method")]
    MethodNotAllowed,

    [Error(409, "The conversation has a run in progress")]
    RunInProgress,

    [Error(409, "The session is completed")]
    SessionCompleted,

    [Error(409, "The same is remembered already")]
    MemoryExists,

    [Error(409, "There are not as many memories as expected")]
    MemoryCountDiffers,

    [Error(409, "The key is taken")]
    KeyTaken,

    [Error(409, "There is a context template of this name")]
    ContextTemplateNameTaken,

    [Error(409, "There is a budget of this name")]
    BudgetNameTaken,

    [Error(409, "There is a price for that time")]
    PriceOverlap,

    [Error(409, "The slug is taken")]
    SlugTaken,

    [Error(409, "The organization has as many members as it may")]
    MemberLimitReached,

    [Error(409, "The organization would have no admin")]
    LastAdmin,

    [Error(409, "The organization stores as much as it may")]
    StorageLimitReached,

    [Error(409, "An active workflow uses the agent")]
    AgentInUse,

    [Error(409, "The version is not a draft any more")]
    VersionFrozen,

    [Error(409, "The run waits for a budget")]
    RunWaitsForBudget,

    [Error(409, "The run cannot be retried")]
    RunNotRetryable,

    [Error(409, "The job carries another resource")]
    JobCarried,

    [Error(409, "There is a job with this unique key")]
    JobNotUnique,

    [Error(409, "The job cannot be retried")]
    JobNotRetryable,

    [Error(409, "The API key cannot be rotated")]
    ApiKeyNotRotatable,

    [Error(409, "The e-mail address has an account")]
    EmailTaken,

    [Error(409, "The address is invited already")]
    InvitationPending,

    [Error(409, "The invitation is not pending any more")]
    InvitationEnded,

    [Error(409, "The person is a member already")]
    AlreadyMember,

    [Error(409, "A request with this idempotency key is in progress", Retryable = true)]
    IdempotencyKeyInUse,

    [Error(410, "The link has expired or was used")]
    LinkExpired,

    [Error(412, "The resource has changed since it was read")]
    PreconditionFailed,

    [Error(413, "The memory is too large")]
    MemoryTooLarge,

    [Error(413, "The message is too large")]
    MessageTooLarge,

    [Error(413, "The file is too large")]
    AttachmentTooLarge,

    [Error(413, "The request body is too large")]
    BodyTooLarge,

    [Error(415, "The media type is not supported")]
    UnsupportedMediaType,

    [Error(416, "The file has no such range")]
    RangeNotSatisfiable,

    [Error(422, "A required member is missing")]
    MissingField,

    [Error(422, "A value is not valid")]
    InvalidValue,

    [Error(422, "The text holds a character that cannot be stored")]
    InvalidText,

    [Error(422, "Moderation keeps the message from models")]
    MessageBlocked,

    [Error(422, "There is no such kind of jobs")]
    JobKindUnknown,

    [Error(422, "There is no such workflow")]
    WorkflowNotFound,

    [Error(422, "There is no exchange rate of the currency")]
    CurrencyWithoutRate,

    [Error(422, "The cost cap needs models with a known price")]
    CostCapUnpriced,

    [Error(422, "The idempotency key was used for another request")]
    IdempotencyKeyReused,

    [Error(424, "The model failed", Retryable = true)]
    ModelFailed,

    [Error(424, "The model is not available")]
    ModelUnavailable,

    [Error(424, "The provider refused the API key")]
    ModelAuthenticationFailed,

    [Error(424, "The provider has no such model")]
    ModelNotFound,

    [Error(424, "The provider limits the rate of calls", Retryable = true)]
    ModelRateLimited,

    [Error(424, "The account at the provider has nothing left to spend")]
    ModelQuotaExceeded,

    [Error(424, "The provider is overloaded or has trouble", Retryable = true)]
    ModelOverloaded,

    [Error(424, "The model took too long", Retryable = true)]
    ModelTimedOut,

    [Error(424, "The provider cannot be reached", Retryable = true)]
    ModelUnreachable,

    [Error(424, "The answer of the model broke off", Retryable = true)]
    ModelInterrupted,

    [Error(424, "The provider answered something that is no answer")]
    ModelBadResponse,

    [Error(424, "The model declined to answer")]
    ModelRefused,

    [Error(424, "The provider did not accept the request")]
    ModelRequestRejected,

    [Error(429, "Too many attempts", Retryable = true)]
    TooManyAttempts,

    [Error(429, "The API key makes too many requests", Retryable = true)]
    RateLimited,

    [Error(500, "Something went wrong in the server", Retryable = true)]
    InternalError,

    [Error(503, "The server's encryption key is missing or another")]
    EncryptionUnavailable,

    [Error(503, "The identity provider cannot be reached", Retryable = true)]
    IdentityProviderUnavailable,

    [Error(503, "The database cannot be reached", Retryable = true)]
    DatabaseUnavailable,

    [Error(503, "The server is not ready", Retryable = true)]
    NotReady,
}
