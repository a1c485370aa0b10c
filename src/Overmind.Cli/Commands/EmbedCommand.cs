using System.CommandLine;
using System.Numerics.Tensors;
using Overmind.Cli.Configuration;
using Overmind.Cli.Instances;
using Overmind.Models.Embeddings;
using Spectre.Console;

namespace Overmind.Cli.Commands;

static class EmbedCommand
{
    static readonly Argument<string[]> Texts = new("text") { Description = "A text to embed; several are compared with each other", Arity = ArgumentArity.OneOrMore };

    public static Command Create()
    {
        var command = new Command("embed", "Embed texts with the configured embedder, and say how near they are to each other") { Texts };
        command.SetAction(async (parsed, ct) =>
        {
            var settings = EffectiveConfiguration.Read(parsed, InstanceFolder.Of(parsed)).Checked();
            var texts = parsed.GetValue(Texts)!;
            using var models = new EmbeddingModels(EmbedderSettings.Of(settings), TimeProvider.System);
            var model = await models.GetAsync(ct);
            var vectors = (await model.Generator.GenerateAsync(texts, cancellationToken: ct)).Select(embedding => embedding.Vector.ToArray()).ToList();
            if (Output.IsJson(parsed))
                Output.WriteJson(Console.Out, new
                {
                    Model = model.Reference.ToString(),
                    model.Dimensions,
                    model.Version,
                    Embeddings = vectors,
                    Similarities = vectors.Select(one => vectors.Select(other => Near(one, other))),
                });
            else
                Show(model, texts, vectors);
            return 0;
        });
        return command;
    }

    static float Near(float[] one, float[] other) => TensorPrimitives.Dot<float>(one, other);

    static void Show(EmbeddingModel model, string[] texts, List<float[]> vectors)
    {
        Console.Out.WriteLine($"{model.Reference}: {model.Dimensions} dimensions, version {model.Version}");
        if (texts.Length == 1)
            return;
        var table = new Table().Border(TableBorder.None).AddColumn("").AddColumn("");
        for (var column = 1; column <= texts.Length; column++)
            table.AddColumn($"{column}", c => c.RightAligned());
        for (var row = 0; row < texts.Length; row++)
            table.AddRow([$"{row + 1}", Markup.Escape(texts[row]), .. vectors.Select(other => $"{Near(vectors[row], other):0.00}")]);
        AnsiConsole.Write(table);
    }
}
