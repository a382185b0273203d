using System.Reflection;
using System.Reflection.Emit;

namespace ImageSearch.Tests.Conventions;

/// <summary>
/// Which types a type refers to: in its bases, members, attributes, and in the compiled bodies of its methods, so that no alias,
/// <c>var</c> or full name hides a reference.
/// </summary>
internal static class TypeReferences
{
    private const BindingFlags Everything =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly Dictionary<int, OpCode> OpCodes = typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => field.GetValue(null)).OfType<OpCode>().ToDictionary(code => code.Value & 0xFFFF);

    public static IReadOnlySet<Type> Of(Type type)
    {
        var found = new HashSet<Type>();
        Add(found, [type.BaseType, .. type.GetInterfaces(), .. type.GetCustomAttributesData().Select(data => data.AttributeType)]);
        Add(found, type.GetFields(Everything).Select(field => field.FieldType));
        foreach (var method in type.GetMethods(Everything).Cast<MethodBase>().Concat(type.GetConstructors(Everything)))
        {
            Add(found, method.GetParameters().Select(parameter => parameter.ParameterType));
            Add(found, [(method as MethodInfo)?.ReturnType, .. method.GetMethodBody()?.LocalVariables.Select(local => local.LocalType) ?? []]);
            Add(found, Operands(method).SelectMany(TypesOf));
        }

        return found;
    }

    private static void Add(HashSet<Type> found, IEnumerable<Type?> types)
    {
        foreach (var type in types.OfType<Type>())
        {
            if (type.HasElementType)
            {
                Add(found, [type.GetElementType()]);
            }
            else if (found.Add(type.IsGenericType ? type.GetGenericTypeDefinition() : type))
            {
                Add(found, [.. type.GetGenericArguments(), type.DeclaringType]);
            }
        }
    }

    private static IEnumerable<Type?> TypesOf(MemberInfo member) => member switch
    {
        Type type => [type],
        FieldInfo field => [field.DeclaringType, field.FieldType],
        MethodBase method =>
        [
            method.DeclaringType,
            (method as MethodInfo)?.ReturnType,
            .. method.GetParameters().Select(parameter => parameter.ParameterType),
            .. method.IsGenericMethod ? method.GetGenericArguments() : [],
        ],
        _ => [],
    };

    /// <summary>The types, methods and fields that the instructions of a method name (ECMA-335, partition III).</summary>
    private static IEnumerable<MemberInfo> Operands(MethodBase method)
    {
        var code = method.GetMethodBody()?.GetILAsByteArray() ?? [];
        var (typeArguments, methodArguments) = (method.DeclaringType?.GetGenericArguments(), method.IsGenericMethod ? method.GetGenericArguments() : null);
        for (var position = 0; position < code.Length;)
        {
            var isLong = code[position] == 0xFE;
            var operation = OpCodes[isLong ? 0xFE00 | code[position + 1] : code[position]];
            position += operation.Size;
            if (operation.OperandType is OperandType.InlineType or OperandType.InlineMethod or OperandType.InlineField or OperandType.InlineTok
                && method.Module.ResolveMember(BitConverter.ToInt32(code, position), typeArguments, methodArguments) is { } member)
            {
                yield return member;
            }

            position += Size(operation.OperandType, code, position);
        }
    }

    private static int Size(OperandType operand, byte[] code, int position) => operand switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
        OperandType.InlineVar => 2,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(code, position)),
        _ => 4,
    };
}
