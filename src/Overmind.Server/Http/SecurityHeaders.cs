namespace Overmind.Server.Http;

/// <summary>What every response says to a browser: load from this server alone, guess no types, show in no frame, tell no other site.</summary>
static class SecurityHeaders
{
    // MudBlazor writes style elements and attributes, hence 'unsafe-inline' for styles; scripts come from files alone.
    const string ContentSecurityPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; "
        + "connect-src 'self'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";

    // JSON loads nothing.
    const string ApiContentSecurityPolicy = "default-src 'none'; frame-ancestors 'none'";

    public static void Set(HttpContext http)
    {
        var headers = http.Response.Headers;
        headers.ContentSecurityPolicy =
            http.Request.Path.IsApi() ? ApiContentSecurityPolicy : ContentSecurityPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
    }
}
