using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using Overmind.Server.Http;

namespace Overmind.Server.Mcp;

/// <summary><c>/mcp</c>: memory for clients of the Model Context Protocol, over streamable HTTP without sessions, so that any node answers any request.</summary>
static class McpEndpoint
{
    public const string Path = "/mcp";

    const string Instructions = """
        The memory of a person and their organization across conversations. Search it before you answer what may depend on who asks, what they prefer or what was decided.
        Remember what will matter in another conversation, one fact at a time, in whole sentences. Forget what the person asks you to forget.
        """;

    public static void AddMcp(this IServiceCollection services)
    {
        services.AddSingleton<McpServerTool, SearchMemoriesTool>();
        services.AddSingleton<McpServerTool, RememberTool>();
        services.AddSingleton<McpServerTool, ForgetTool>();
        services.AddMcpServer(server =>
        {
            server.ServerInfo = new Implementation { Name = "overmind", Title = "Overmind", Version = typeof(McpEndpoint).Assembly.GetName().Version!.ToString(3) };
            server.ServerInstructions = Instructions;
        }).WithHttpTransport(transport => transport.SessionMode = ModelContextProtocol.AspNetCore.HttpServerSessionMode.Stateless);
    }

    public static void Map(IEndpointRouteBuilder app, ApiRoutes routes) => routes.Guard(app.MapMcp(Path));
}
