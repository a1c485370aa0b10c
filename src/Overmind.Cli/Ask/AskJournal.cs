using System.Text.Json.Nodes;

namespace Overmind.Cli.Ask;

/// <summary>
/// What makes a file of questions go on where it was interrupted: beside the results, a file that names the batch and, before the first
/// turn of a question is asked, its conversation. Each line is on disk before the next request leaves, so that a kill at any point asks
/// nothing twice: what a conversation was asked already is then read from the conversation.
/// </summary>
sealed class AskJournal : IDisposable
{
    readonly FileStream _file;
    readonly Dictionary<string, Guid> _conversations = [];
    readonly Lock _writing = new();

    AskJournal(FileStream file) => _file = file;

    /// <summary>The same for all runs of the program until the file is done; idempotency keys begin with it.</summary>
    public Guid Batch { get; private set; }

    /// <summary>Opens or makes the journal, for this process alone.</summary>
    /// <exception cref="CliException">Another process asks this file.</exception>
    public static AskJournal Open(string path)
    {
        FileStream file;
        try
        {
            file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException held) when (held is not (FileNotFoundException or DirectoryNotFoundException))
        {
            throw new CliException("already_asking", $"another process writes {path}", "wait for it, or name other results with --out");
        }
        var journal = new AskJournal(file);
        journal.Read();
        return journal;
    }

    /// <summary>The conversation of a question; null when none was made.</summary>
    public Guid? Conversation(string questionKey)
    {
        lock (_writing)
            return _conversations.TryGetValue(questionKey, out var id) ? id : null;
    }

    public void Write(string questionKey, Guid conversation)
    {
        lock (_writing)
        {
            _conversations[questionKey] = conversation;
            Append(new JsonObject { ["question"] = questionKey, ["conversation_id"] = conversation });
        }
    }

    /// <summary>Everything is answered: nothing is left to take up.</summary>
    public void Delete()
    {
        File.Delete(_file.Name);
        Dispose();
    }

    public void Dispose() => _file.Dispose();

    void Read()
    {
        foreach (var line in JsonLines.ReadWhole(_file))
            if (line["batch"] is { } batch)
                Batch = batch.GetValue<Guid>();
            else
                _conversations[line["question"]!.GetValue<string>()] = line["conversation_id"]!.GetValue<Guid>();
        if (Batch != Guid.Empty)
            return;
        Batch = Guid.CreateVersion7();
        Append(new JsonObject { ["batch"] = Batch });
    }

    void Append(JsonObject line) => JsonLines.Append(_file, line);
}
