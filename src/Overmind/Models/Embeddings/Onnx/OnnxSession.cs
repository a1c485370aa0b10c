using System.Numerics.Tensors;
using Microsoft.ML.OnnxRuntime;

namespace Overmind.Models.Embeddings.Onnx;

/// <summary>Runs a model: inputs and output by their names, pooled, of length 1.</summary>
sealed class OnnxSession : IDisposable
{
    const string Ids = "input_ids";
    const string Mask = "attention_mask";
    const string Types = "token_type_ids";

    // A vector a text, or a vector a token.
    static readonly string[] Outputs = ["sentence_embedding", "last_hidden_state", "token_embeddings"];

    readonly InferenceSession _session;
    readonly string _file;
    readonly string _output;

    OnnxSession(InferenceSession session, string file, string output) => (_session, _file, _output) = (session, file, output);

    /// <exception cref="EmbeddingException">The file is no model, or has other inputs or outputs.</exception>
    public static OnnxSession Open(string file)
    {
        InferenceSession session;
        try
        {
            // It writes to standard error what its exceptions say as well.
            using var options = new SessionOptions { LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL };
            session = new InferenceSession(file, options);
        }
        catch (OnnxRuntimeException wrong)
        {
            throw new EmbeddingException($"{file} cannot be opened as an ONNX model: {wrong.Message}", "check that it was copied whole (Git LFS leaves a pointer of a few lines)", wrong);
        }
        catch (Exception unfit) when (unfit is TypeInitializationException or EntryPointNotFoundException or DllNotFoundException)
        {
            throw new EmbeddingException("The ONNX runtime's native library is none, or of another version.", OnnxRuntimeLibrary.Remedy, unfit);
        }

        var inputs = session.InputMetadata.Keys;
        var output = Outputs.FirstOrDefault(session.OutputMetadata.ContainsKey);
        if (!inputs.Contains(Ids) || !inputs.Contains(Mask) || inputs.Except([Ids, Mask, Types]).Any())
            throw Refuse(session, $"{file} takes {string.Join(", ", inputs)}; a model of the BERT family takes {Ids}, {Mask} and perhaps {Types}.");
        if (output is null)
            throw Refuse(session, $"{file} gives {string.Join(", ", session.OutputMetadata.Keys)}; it has to give one of {string.Join(", ", Outputs)}.");
        return new OnnxSession(session, file, output);
    }

    public float[][] Run(OnnxBatch batch, OnnxPooling pooling)
    {
        long[] shape = [batch.Rows, batch.Columns];
        using var ids = OrtValue.CreateTensorValueFromMemory(batch.Ids, shape);
        using var mask = OrtValue.CreateTensorValueFromMemory(batch.Mask, shape);
        using var types = OrtValue.CreateTensorValueFromMemory(new long[batch.Ids.Length], shape);
        var inputs = new Dictionary<string, OrtValue> { [Ids] = ids, [Mask] = mask };
        if (_session.InputMetadata.ContainsKey(Types)) inputs[Types] = types;
        try
        {
            using var options = new RunOptions { LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL };
            using var outputs = _session.Run(options, inputs, [_output]);
            return Pool(outputs[0], batch, pooling);
        }
        catch (OnnxRuntimeException wrong)
        {
            throw new EmbeddingException($"{_file} could not be run: {wrong.Message}", "check that model and vocabulary belong together", wrong);
        }
    }

    public void Dispose() => _session.Dispose();

    float[][] Pool(OrtValue output, OnnxBatch batch, OnnxPooling pooling)
    {
        var shape = output.GetTensorTypeAndShape().Shape;
        var perToken = shape.Length == 3;
        if (shape[0] != batch.Rows || shape.Length is < 2 or > 3 || (perToken && shape[1] != batch.Columns))
            throw new EmbeddingException($"{_file} gives {_output} of shape {string.Join('×', shape)} for {batch.Rows}×{batch.Columns} tokens.", "export the model for embeddings (feature extraction)");
        var values = output.GetTensorDataAsSpan<float>();
        var dimensions = (int)shape[^1];
        var vectors = new float[batch.Rows][];
        for (var row = 0; row < batch.Rows; row++)
        {
            vectors[row] = new float[dimensions];
            var tokens = perToken ? batch.Columns : 1;
            var own = values.Slice(row * tokens * dimensions, tokens * dimensions);
            for (var token = 0; token < tokens; token++)
                if (!perToken || (pooling is OnnxPooling.Cls ? token == 0 : batch.Mask[(row * tokens) + token] == 1))
                    TensorPrimitives.Add(vectors[row], own.Slice(token * dimensions, dimensions), vectors[row]);
            Normalize(vectors[row]);
        }

        return vectors;
    }

    void Normalize(float[] vector)
    {
        var length = TensorPrimitives.Norm<float>(vector);
        if (!float.IsFinite(length) || length == 0)
            throw new EmbeddingException($"{_file} gives a vector that is no direction: zero, infinite or not a number.", "export the model again, in 32-bit numbers");
        TensorPrimitives.Divide(vector, length, vector);
    }

    static EmbeddingException Refuse(InferenceSession session, string message)
    {
        session.Dispose();
        return new EmbeddingException(message, "export a model of the BERT family for embeddings (feature extraction)");
    }
}
