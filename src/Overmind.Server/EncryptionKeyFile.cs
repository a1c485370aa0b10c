namespace Overmind.Server;

/// <summary>The encryption key of an instance that is given none: a file in its data folder that only its owner reads.</summary>
public static class EncryptionKeyFile
{
    const string Name = "encryption-key";
    const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <param name="key">Keys that were given, which make the file unnecessary.</param>
    /// <exception cref="Overmind.Errors.OvermindException">The key is none.</exception>
    public static SecretCipher CipherOf(string? key, string dataFolder) => SecretCipher.Parse(key ?? ReadOrMake(Path.Combine(dataFolder, Name)));

    static string ReadOrMake(string file)
    {
        if (!File.Exists(file)) Make(file);
        return File.ReadAllText(file).Trim();
    }

    /// <summary>Whole or not at all; of several that start together the first one's stays.</summary>
    static void Make(string file)
    {
        var unfinished = $"{file}.{Environment.ProcessId}";
        using (var stream = new FileStream(unfinished, new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, UnixCreateMode = Private }))
        using (var writer = new StreamWriter(stream))
            writer.WriteLine(SecretCipher.NewKey());
        try
        {
            File.Move(unfinished, file, overwrite: false);
        }
        catch (IOException) when (File.Exists(file))
        {
            File.Delete(unfinished);
        }
    }
}
