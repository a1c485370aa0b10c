using Overmind.Models.Embeddings;

namespace Overmind.Cli.Configuration;

/// <summary>The embedder that the settings name.</summary>
static class EmbedderSettings
{
    /// <exception cref="EmbeddingException">They name no embedder.</exception>
    public static EmbedderOptions Of(EffectiveConfiguration settings)
    {
        var options = new EmbedderOptions
        {
            Embedder = settings.Text(Settings.Embedder)!,
            Url = settings.Text(Settings.EmbedderUrl) is { } url ? new Uri(url) : null,
            ApiKey = settings.Text(Settings.EmbedderApiKey),
            Dimensions = settings.Text(Settings.EmbedderDimensions) is null ? null : settings.Integer(Settings.EmbedderDimensions),
            BatchSize = settings.Integer(Settings.EmbedderBatchSize),
            Timeout = TimeSpan.FromSeconds(settings.Integer(Settings.EmbedderTimeoutSeconds)),
            OnnxRuntime = settings.Text(Settings.EmbedderOnnxRuntime),
        };
        EmbedderChoice.Check(options);
        return settings.Text(Settings.EmbedderNext) is { } next ? options with { Next = Next(options, next, settings) } : options;
    }

    static EmbedderOptions Next(EmbedderOptions options, string next, EffectiveConfiguration settings)
    {
        var besides = options with
        {
            Embedder = next,
            Url = settings.Text(Settings.EmbedderNextUrl) is { } url ? new Uri(url) : null,
            ApiKey = settings.Text(Settings.EmbedderNextApiKey),
            Dimensions = settings.Text(Settings.EmbedderNextDimensions) is null ? null : settings.Integer(Settings.EmbedderNextDimensions),
        };
        EmbedderChoice.Check(besides);
        return besides;
    }
}
