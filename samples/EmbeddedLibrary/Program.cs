// Overmind inside a program of your own: its services, its workers, and its HTTP API beside your routes.
//   DATABASE_URL=postgres://user:password@localhost/app dotnet run --project samples/EmbeddedLibrary
//   curl localhost:5000/ask -d 'Why do tides differ from place to place?'
using System.Security.Cryptography;
using Overmind;
using Overmind.Access;
using Overmind.Agents;
using Overmind.Conversations;
using Overmind.Server;

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddOvermind(options =>
{
    options.DatabaseUrl = builder.Configuration["DATABASE_URL"];
    // Encrypts the keys of model providers; without one none can be stored. SecretCipher.NewKey() makes one.
    options.EncryptionKey = builder.Configuration["ENCRYPTION_KEY"];
});
builder.Services.AddOvermindApi();

var app = builder.Build();
app.MapOvermind();

// Who asks. Your own sign-in would say so; here it is the first admin, who is made in an empty database.
var organizations = app.Services.GetRequiredService<FirstOrganization>();
var me = await organizations.FindAdminAsync(CancellationToken.None)
    ?? await organizations.CreateAsync("admin@example.org", RandomNumberGenerator.GetHexString(32), CancellationToken.None)
    ?? (await organizations.FindAdminAsync(CancellationToken.None))!;

app.MapPost("/ask", async (HttpRequest request, ConversationService conversations, RunService runs, CancellationToken stop) =>
{
    using var body = new StreamReader(request.Body);
    var conversation = await conversations.CreateAsync(me, new NewConversation(), stop);
    var run = await runs.CreateAsync(me, conversation.Id, await body.ReadToEndAsync(stop), new RunOptions { MaxN2Iterations = 2 }, stop);
    await foreach (var happened in runs.EventsAsync(me, run.Id, after: -1, stop))
        app.Logger.LogInformation("{Event} {Number}", happened.Type, happened.SequenceNumber);
    run = await runs.GetAsync(me, run.Id, stop);
    return Results.Json(new { Status = run.Status.ToString(), run.BestScore, run.Answer });
});

// A key for the API, to show that it is there.
app.MapPost("/keys", async (ApiKeyService keys, CancellationToken stop) =>
    (await keys.CreateAsync(me, new NewApiKey { Name = "Sample", Scopes = [ApiKeyScope.Read, ApiKeyScope.Write] }, stop)).Token.Text);

app.Run();
