using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using ImageSearch.Searching;
using Xunit;

namespace ImageSearch.Tests.Conventions;

public sealed partial class TypeTests
{
    private static readonly Assembly Library = typeof(ImageSearcher).Assembly;

    private static readonly HashSet<string> SayNothing = ["Manager", "Helper", "Helpers", "Util", "Utils", "Utility", "Common", "Base", "Dto", "Impl", "Process", "Handle", "Data", "Info2"];

    private static IEnumerable<Type> Types =>
        Library.GetTypes().Where(type => type.Namespace?.StartsWith("ImageSearch", StringComparison.Ordinal) == true
            && !type.IsDefined(typeof(CompilerGeneratedAttribute)) && !type.Name.Contains('<', StringComparison.Ordinal));

    [Fact]
    public void A_class_is_sealed_unless_another_derives_from_it()
    {
        var bases = Library.GetTypes().Select(type => type.BaseType).OfType<Type>().Select(type => type.IsGenericType ? type.GetGenericTypeDefinition() : type).ToHashSet();

        Offences.None(Types.Where(type => type is { IsClass: true, IsSealed: false } && !bases.Contains(type)).Select(type => type.ToString()));
    }

    [Fact]
    public void A_cancellation_token_is_the_last_parameter()
    {
        var offences =
            from type in Types
            where !typeof(Delegate).IsAssignableFrom(type)
            from method in type.GetMethods(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
            let parameters = method.GetParameters()
            where !method.Name.Contains('<', StringComparison.Ordinal)
                && parameters.SkipLast(1).Any(parameter => parameter.ParameterType == typeof(CancellationToken))
            select $"{type.FullName}.{method.Name}";

        Offences.None(offences);
    }

    [Fact]
    public void What_is_asynchronous_takes_a_cancellation_token_and_says_so_in_its_name()
    {
        var offences =
            from type in Types
            where type.IsVisible && !typeof(Delegate).IsAssignableFrom(type)
            from method in type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
            where IsAsynchronous(method.ReturnType) && method.Name != nameof(IAsyncDisposable.DisposeAsync)
            where !method.Name.EndsWith("Async", StringComparison.Ordinal) || method.GetParameters().All(parameter => parameter.ParameterType != typeof(CancellationToken))
            select $"{type.FullName}.{method.Name}";

        Offences.None(offences);
    }

    [Fact]
    public void No_name_is_made_of_words_that_say_nothing()
    {
        // The wire's types carry the service's own names.
        Offences.None(Types.Where(type => type.Namespace != "ImageSearch.Bedrock.Model").Where(type => Word().Matches(type.Name).Any(word => SayNothing.Contains(word.Value))).Select(type => type.ToString()));
    }

    [Fact]
    public void Every_option_states_its_default()
    {
        var documented = XDocument.Load(Path.ChangeExtension(Library.Location, ".xml")).Descendants("member")
            .Where(member => member.Element("value")?.Value.Contains("default", StringComparison.OrdinalIgnoreCase) == true
                || member.Element("summary")?.Value.Contains("default", StringComparison.OrdinalIgnoreCase) == true)
            .Select(member => member.Attribute("name")?.Value ?? "")
            .ToHashSet();
        var options =
            from type in Types
            where type.IsVisible && type.Name.EndsWith("Options", StringComparison.Ordinal)
            from property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            where property.CanWrite
            select $"P:{type.FullName}.{property.Name}";

        Offences.None(options.Except(documented));
    }

    private static bool IsAsynchronous(Type type) =>
        typeof(Task).IsAssignableFrom(type) || type == typeof(ValueTask)
        || (type.IsGenericType && (type.GetGenericTypeDefinition() == typeof(ValueTask<>) || type.GetGenericTypeDefinition() == typeof(IAsyncEnumerable<>)));

    [GeneratedRegex("[A-Z][a-z0-9]+")]
    private static partial Regex Word();
}
