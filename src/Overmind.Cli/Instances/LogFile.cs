using System.Globalization;
using Microsoft.Extensions.Logging;

namespace Overmind.Cli.Instances;

/// <summary>
/// The instance's log: one line a record, at most two files of 10 MB (<c>overmind.log</c> and the one before it, <c>overmind.log.1</c>).
/// </summary>
sealed class LogFile(string path, TimeProvider time) : ILoggerProvider
{
    const long Largest = 10 * 1024 * 1024;

    readonly Lock writing = new();
    StreamWriter? writer;

    public ILogger CreateLogger(string categoryName) => new Category(this, categoryName);

    public void Write(LogLevel level, string category, string message, Exception? exception = null)
    {
        var at = time.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        lock (writing)
        {
            try
            {
                writer ??= Open();
                writer.WriteLine($"{at} {Short(level)} {category}: {message}");
                if (exception is not null)
                    writer.WriteLine(exception);
                writer.Flush();
                if (writer.BaseStream.Length > Largest)
                    Turn();
            }
            catch (IOException)
            {
                // A full disk must not end what is being logged.
            }
        }
    }

    public void Dispose()
    {
        lock (writing)
        {
            writer?.Dispose();
            writer = null;
        }
    }

    StreamWriter Open() => new(new FileStream(path, new FileStreamOptions
    {
        Mode = FileMode.Append,
        Access = FileAccess.Write,
        Share = FileShare.ReadWrite | FileShare.Delete,
        UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
    }));

    void Turn()
    {
        writer!.Dispose();
        writer = null;
        File.Move(path, path + ".1", overwrite: true);
    }

    static string Short(LogLevel level) => level switch
    {
        LogLevel.Trace => "trc",
        LogLevel.Debug => "dbg",
        LogLevel.Information => "inf",
        LogLevel.Warning => "wrn",
        LogLevel.Error => "err",
        _ => "crt",
    };

    sealed class Category(LogFile file, string name) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
                file.Write(logLevel, name, formatter(state, exception), exception);
        }
    }
}
