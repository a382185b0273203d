using System.CommandLine;
using ImageSearch.Cli.Settings;
using ImageSearch.Embedding;
using ImageSearch.Indexing;
using ImageSearch.Settings;

namespace ImageSearch.Cli.Options;

/// <summary>The arguments and options of <c>index</c>.</summary>
internal sealed class IndexArguments
{
    private readonly Argument<string[]> _folders = new("DIR") { Description = "Folders to index; without any, all known libraries.", Arity = ArgumentArity.ZeroOrMore };
    private readonly Option<string> _library = new("--library") { Description = "Name of the library that a new folder becomes; by default the folder's name.", HelpName = "NAME" };
    private readonly Option<bool> _dryRun = new("--dry-run") { Description = "Say what would be done and what it would cost, and do nothing." };
    private readonly Option<bool> _watch = new("--watch") { Description = "Stay and index what changes, until Ctrl-C." };
    private readonly Option<bool> _allowMassDelete = new("--allow-mass-delete") { Description = "Drop pictures from the collection even when most of the files are gone." };
    private readonly Option<string[]> _collections = new("--collection") { Description = "Collection to index into; may be given several times. By default there is one, named after the provider and its dimension.", HelpName = "NAME", Arity = ArgumentArity.OneOrMore };
    private readonly SettingFlag _provider = new("--provider", ImageSearchSettings.Provider, "PROVIDER");
    private readonly SettingFlag _shard = new("--shard", ImageSearchSettings.Shard, "K/N");
    private readonly SettingFlag _maxCost = new("--max-cost", ImageSearchSettings.MaxCost, "DOLLARS");
    private readonly Option<string> _batch = new("--batch") { Description = "Embed new pictures through batch inference first, at half the price, by way of this folder in S3; takes minutes to hours, and goes on where it was when run again.", HelpName = "S3-FOLDER" };
    private readonly SettingFlag _batchRole = new("--batch-role", ImageSearchSettings.BatchRole, "ARN");
    private readonly OutputOptions _output = new();

    /// <summary>Adds them to the command.</summary>
    public void AddTo(Command command)
    {
        command.Add(_folders);
        command.Add(_library);
        command.Add(_dryRun);
        command.Add(_watch);
        command.Add(_allowMassDelete);
        command.Add(_provider);
        command.Add(_collections);
        command.Add(_shard);
        command.Add(_maxCost);
        command.Add(_batch);
        command.Add(_batchRole);
        _output.AddTo(command);
    }

    /// <summary>What was asked for.</summary>
    /// <exception cref="UsageException">The folder for batches is none in S3.</exception>
    public IndexRequest Read(ParseResult parsed) => new(
        parsed.GetValue(_folders) ?? [],
        parsed.GetValue(_library),
        parsed.GetValue(_collections) ?? [],
        parsed.GetValue(_dryRun) ? IndexMode.DryRun : parsed.GetValue(_watch) ? IndexMode.Watch : IndexMode.Once,
        parsed.GetValue(_allowMassDelete) ? MassDeletion.Allow : MassDeletion.Refuse,
        BatchOf(parsed.GetValue(_batch)));

    private static S3Location? BatchOf(string? text) =>
        text is null ? null
        : S3Location.TryParse(text, out var location) ? location
        : throw new UsageException($"--batch cannot be \"{text}\". It takes a folder in Amazon S3: s3://bucket/prefix");
}
