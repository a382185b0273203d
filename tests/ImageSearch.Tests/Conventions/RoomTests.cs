using System.Reflection;
using System.Runtime.CompilerServices;
using ImageSearch.Collections;
using ImageSearch.Imaging;
using ImageSearch.Searching;
using Xunit;

namespace ImageSearch.Tests.Conventions;

/// <summary>Holds the table "Who may know whom" of docs/architecture.md.</summary>
public sealed class RoomTests
{
    private const string Home = "ImageSearch";
    private const string AboveTheRoot = "Settings";

    /// <summary>What the root of the library shares with every room: the words of the embedding interface, and the opening of SQLite files.</summary>
    private static readonly Type[] Shared =
        [typeof(EmbeddingInput), typeof(EmbeddingRole), typeof(EmbeddingException), typeof(EmbeddingFault), typeof(SqliteFile), typeof(SqliteFileKind)];

    private static readonly Dictionary<string, string[]> MayUse = new()
    {
        ["Imaging"] = [],
        ["Bedrock"] = [],
        ["Qdrant"] = [],
        ["Collections"] = ["Qdrant"],
        ["Spending"] = [],
        ["Pacing"] = [],
        ["Embedding"] = ["Bedrock", "Imaging", "Pacing", "Spending", "Collections.CollectionFingerprint"],
        ["Indexing"] = ["Collections", "Imaging"],
        ["Vision"] = ["Bedrock", "Imaging", "Pacing", "Spending"],
        ["Captioning"] = ["Collections", "Imaging", "Pacing.CallPaceStatus", "Vision"],
        ["Searching"] = ["Collections", "Imaging", "Vision"],
        ["Answers"] = ["Searching", "Collections", "Vision"],
        [AboveTheRoot] = ["Collections", "Embedding", "Imaging", "Indexing", "Searching", "Spending", "Vision"],
    };

    private static IEnumerable<Type> Types => typeof(ImageSearcher).Assembly.GetTypes().Where(type => IsOurs(type.Namespace));

    [Fact]
    public void Every_room_of_the_library_is_in_the_table()
    {
        Offences.None(Types.Select(RoomOf).OfType<string>().Distinct().Except(MayUse.Keys));
    }

    [Fact]
    public void No_room_knows_one_that_the_table_does_not_let_it_know()
    {
        var offences =
            from type in Types
            let room = RoomOf(type)
            where room is not null
            from used in TypeReferences.Of(type)
            where IsOurs(used.Namespace) && used.Assembly == type.Assembly && !IsAllowed(room, used)
            select $"{type.FullName} uses {used.FullName}";

        Offences.None(offences.Distinct());
    }

    [Fact]
    public void The_shared_words_know_no_room()
    {
        Offences.None(Shared.SelectMany(TypeReferences.Of).Select(RoomOf).OfType<string>());
    }

    [Fact]
    public void A_room_within_a_room_is_known_to_that_room_alone()
    {
        var inner = Types.Where(type => RoomOf(type) is { } room && type.Namespace != $"{Home}.{room}").ToList();

        Assert.NotEmpty(inner);
        Offences.None(inner.Where(type => type.IsVisible).Select(type => type.ToString()));
    }

    [Fact]
    public void Hosts_see_what_is_public_alone()
    {
        var friends = typeof(ImageSearcher).Assembly.GetCustomAttributes<InternalsVisibleToAttribute>().Select(friend => friend.AssemblyName);

        Assert.Equal(["ImageSearch.Benchmarks", "ImageSearch.Tests"], friends.Order());
    }

    [Fact]
    public void References_inside_method_bodies_are_seen()
    {
        var used = TypeReferences.Of(typeof(QueryEmbedder)).Union(
            typeof(QueryEmbedder).GetNestedTypes(System.Reflection.BindingFlags.NonPublic).SelectMany(TypeReferences.Of));

        Assert.Contains(typeof(ImageIdentifier), used);
        Assert.Contains(typeof(CollectionException), used);
    }

    private static bool IsOurs(string? space) => space == Home || space?.StartsWith(Home + ".", StringComparison.Ordinal) == true;

    /// <summary>The room that a type lies in; null at the root, where the rooms are put together.</summary>
    private static string? RoomOf(Type type) => IsOurs(type.Namespace) && type.Namespace != Home ? type.Namespace![(Home.Length + 1)..].Split('.')[0] : null;

    private static bool IsAllowed(string room, Type used) =>
        RoomOf(used) is { } other
            ? other == room || MayUse[room].Contains(other) || MayUse[room].Contains($"{other}.{used.Name}")
            : room == AboveTheRoot || Shared.Contains(used);
}
