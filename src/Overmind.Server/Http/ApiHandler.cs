using Overmind.Access;

namespace Overmind.Server.Http;

/// <summary>Handles a request of an authenticated caller.</summary>
delegate Task ApiHandler(HttpContext http, Caller caller);
