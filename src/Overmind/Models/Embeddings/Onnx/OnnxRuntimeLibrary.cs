using System.Reflection;
using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;

namespace Overmind.Models.Embeddings.Onnx;

/// <summary>
/// The native library of the ONNX runtime. It is 30 MB for each system, 160 MB as a package, so it does not come along and is not looked for
/// before a model needs it.
/// </summary>
static class OnnxRuntimeLibrary
{
    const string File = "libonnxruntime.so";

    static readonly Lock _lock = new();
    static IntPtr _loaded;

    public static string Remedy =>
        $"put {File} of the NuGet package Microsoft.ML.OnnxRuntime {Version} (runtimes/{RuntimeInformation.RuntimeIdentifier}/native) into the model's folder";

    /// <summary>Loads it, once in a process.</summary>
    /// <param name="named">From the options; then nothing else is tried.</param>
    /// <exception cref="EmbeddingException">It is nowhere, or does not load.</exception>
    public static void Load(string modelFolder, string? named)
    {
        lock (_lock)
        {
            if (_loaded != IntPtr.Zero) return;
            _loaded = Find(modelFolder, named);
            NativeLibrary.SetDllImportResolver(typeof(InferenceSession).Assembly, (name, _, _) => name.Contains("onnxruntime", StringComparison.Ordinal) ? _loaded : IntPtr.Zero);
        }
    }

    static IntPtr Find(string modelFolder, string? named)
    {
        string[] places = named is not null
            ? [named]
            :
            [
                Path.Combine(modelFolder, File),
                Path.Combine(AppContext.BaseDirectory, File),
                Path.Combine(AppContext.BaseDirectory, "runtimes", RuntimeInformation.RuntimeIdentifier, "native", File),
                File,
            ];
        foreach (var place in places)
            if (NativeLibrary.TryLoad(place, out var library)) return library;
        throw new EmbeddingException($"The ONNX runtime's native library is not here (looked for {string.Join(", ", places)}).", Remedy);
    }

    static string Version => typeof(InferenceSession).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "";
}
