"""ARM and Bicep templates: what stands in the file is worked out, and what does not is said."""

import json
import time

import pytest

import srm_data as srm
from srm_data.core.language import texts
from srm_data.core.vocabulary import LANGUAGES
from srm_data.workloads import arm
from srm_data.workloads.arm_expressions import Budget, Scope
from srm_data.workloads.arm_functions import UNKNOWN

SITE = {"type": "Microsoft.Web/sites", "apiVersion": "2023-12-01", "name": "site"}
DEPLOYMENT = {"type": "Microsoft.Resources/deployments", "apiVersion": "2022-09-01", "name": "deploy"}


@pytest.fixture
def read(tmp_path):
    def read(*resources, **template):
        file = tmp_path / "shop.json"
        head = {"$schema": "https://x/2019-04-01/deploymentTemplate.json#", "contentVersion": "1.0.0.0"}
        file.write_text(json.dumps(head | {"resources": [*resources]} | template), encoding="utf-8")
        return srm.read_plan(file)

    return read


def names(plan):
    return [component.name for component in plan.workload.components]


def left(plan):
    return [(resource.name, resource.why) for resource in plan.resources]


PARAMETERS = {
    "n": {"type": "int", "defaultValue": 3},
    "none": {"type": "int"},
    "maybe": {"type": "array", "nullable": True},
    "sites": {"type": "array", "defaultValue": ["nl", "be", "de"]},
    "again": {"type": "int", "defaultValue": "[parameters('N')]"},
    "loop": {"type": "int", "defaultValue": "[parameters('loop')]"},
    "size": {"type": "string", "defaultValue": "Large"},
    "sku": {"type": "object", "defaultValue": {"tiers": [{"Count": 4}]}},
}
VARIABLES = {
    "n": 2,
    "list": ["a", "b"],
    "sum": "[add(variables('n'), parameters('n'))]",
    "half": ["[uniqueString('x')]", "b"],
    "copy": [
        {"name": "made", "count": "[parameters('n')]", "input": "[format('d{0}', copyIndex('made', 1))]"},
        {"name": "lost", "count": "[parameters('none')]", "input": "x"},
    ],
    "inner": {"copy": [{"name": "disks", "count": 2, "input": {"lun": "[copyIndex('disks')]"}}]},
    "first": "[variables('second')]",
    "second": "[variables('first')]",
}
FUNCTIONS = [
    {
        "namespace": "shop",
        "members": {
            "twice": {
                "parameters": [{"name": "x", "type": "int"}],
                "output": {"type": "int", "value": "[mul(parameters('x'), 2)]"},
            }
        },
    }
]

EXPRESSIONS = [
    ("[parameters('n')]", 3),
    ("[ parameters ( 'n' ) ]", 3),
    ("[parameters('N')]", 3),  # Azure does not mind the case of a name
    ("[PARAMETERS('n')]", 3),
    ("[parameters('again')]", 3),
    ("[parameters('loop')]", None),
    ("[parameters('none')]", None),
    ("[parameters('nowhere')]", None),
    ("[variables('n')]", 2),
    ("[variables('sum')]", 5),
    ("[variables('first')]", None),
    ("[length(parameters('sites'))]", 3),
    ("[length(range(0, parameters('n')))]", 3),
    ("[length(variables('half'))]", 2),  # how many is known though what they are is not
    ("[length(variables('made'))]", 3),
    ("[length(variables('lost'))]", None),
    ("[length(variables('inner').disks)]", 2),
    ("[parameters('sku').tiers[0].count]", 4),
    ("[parameters('sku')['tiers'][0]['count']]", 4),
    ("[parameters('sku').tiers[7].count]", None),
    ("[length(createArray('a', 'b', 'c'))]", 3),
    ("[length(concat(parameters('sites'), variables('list')))]", 5),
    ("[length(union(parameters('sites'), createArray('nl', 'fr')))]", 4),
    ("[length(intersection(parameters('sites'), createArray('nl', 'fr')))]", 1),
    ("[length(split('a,b;c', createArray(',', ';')))]", 3),
    ("[length(split('abc', ''))]", None),  # how Azure cuts at nothing is not written down
    ("[length(json('[1, 2, 3]'))]", 3),
    ("[length('four')]", 4),
    ("[length(coalesce(parameters('maybe'), createArray()))]", 0),
    ("[length(coalesce(parameters('maybe'), createArray('x')))]", 1),
    ("[length(filter(parameters('sites'), lambda('s', contains(lambdaVariables('s'), 'e'))))]", 2),
    ("[length(map(parameters('sites'), lambda('s', uniqueString(lambdaVariables('s')))))]", 3),
    ("[length(items(parameters('sku')))]", 1),
    ("[length(skip(take(range(1, 9), 5), 2))]", 3),
    ("[if(equals(parameters('size'), 'Large'), 4, 1)]", 4),
    ("[if(equals(parameters('size'), 'large'), 4, 1)]", 1),
    ("[if(equals(toLower(parameters('size')), 'large'), 4, parameters('none'))]", 4),
    ("[if(equals(uniqueString('x'), 'y'), 4, 1)]", None),
    ("[if(and(false(), equals(uniqueString('x'), 'y')), 4, 1)]", 1),
    ("[if(or(equals(uniqueString('x'), 'y'), true()), 4, 1)]", 4),
    ("[if(and(true(), equals(uniqueString('x'), 'y')), 4, 1)]", None),
    ("[if(not(empty(parameters('sites'))), 4, 1)]", 4),
    ("[if(empty(parameters('maybe')), 4, 1)]", 4),
    ("[if(greater(parameters('n'), 2), 4, 1)]", 4),
    ("[if(startsWith('Large', 'la'), 4, 1)]", 4),
    ("[min(3, 7, 2)]", 2),
    ("[max(createArray(3, 7))]", 7),
    ("[add(1, mul(2, 3))]", 7),
    ("[sub(7, div(7, 2))]", 4),
    ("[mod(7, 4)]", 3),
    ("[div(7, 0)]", None),
    ("[int('6')]", 6),
    ("[shop.twice(4)]", 8),
    ("[first(createArray(5, 6))]", 5),
    ("[last(range(1, 4))]", 4),
    ("[indexOf('abc', 'C')]", 2),
    ("[length(tryGet(parameters('sku'), 'tiers'))]", 1),
    ("[length(coalesce(tryGet(parameters('sku'), 'nothing'), createArray()))]", 0),
    ("[reference('x').count]", None),
    ("[nowhere(3)]", None),
    ("[parameters('n']", None),
    ("[add(1, 2]", None),
    ("[add('1', 2)]", None),
    (f"[add(1, {' ' * 24_576}2)]", None),  # longer than Azure takes
    ("[[add(1, 2)]", None),  # a text that begins with a bracket
]


@pytest.mark.parametrize(("count", "made"), EXPRESSIONS)
def test_a_count_is_worked_out_or_said_not_to_be_known(read, count, made):
    one = SITE | {"name": "[format('s{0}', copyIndex())]", "copy": {"name": "c", "count": count}}
    plan = read(one, parameters=PARAMETERS, variables=VARIABLES, functions=FUNCTIONS)
    if made is None:
        assert names(plan) == ["[format('s{0}', copyIndex())] ×?"]
        assert plan.doubts("en")["why"].to_list() == [texts("en")["doubt"]["count"]]
    elif made == 0:
        assert (names(plan), left(plan)) == ([], [("[format('s{0}', copyIndex())]", "no_copies")])
    else:
        assert names(plan) == [f"s{n}" for n in range(made)]
        assert plan.unsure == ()


def test_the_file_says_nothing_of_the_outside(read):
    """What only Azure knows stays unknown, and so does all that is made of it."""
    scope = Scope.of({"parameters": PARAMETERS, "variables": VARIABLES}, {}, Budget())
    for call in (
        "resourceGroup().location",
        "subscription().subscriptionId",
        "utcNow()",
        "newGuid()",
        "deployment().name",
        "environment().name",
        "concat('a', uniqueString('x'))",
        "string(variables('half'))",
        "contains(variables('half'), 'c')",
    ):
        assert scope.value(f"[{call}]") is UNKNOWN, call
    assert scope.value("[contains(variables('half'), 'b')]") is True


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("[variables('x')]", "mystorage"),
        ("[concat(variables('x'), '-', parameters('p'))]", "mystorage-nl"),
        ("[format('{0}{{}}{1}', 'a', 2)]", "a{}2"),
        ("[format('{0:D2}', 2)]", "[format('{0:D2}', 2)]"),  # how .NET would write it is not known here
        ("[toLower(replace('Shop Data', ' ', ''))]", "shopdata"),
        ("[padLeft(7, 3, '0')]", "007"),
        ("[substring('shopping', 0, 4)]", "shop"),
        ("[join(createArray('a', 'b'), '-')]", "a-b"),
        ("[concat('it''s')]", "it's"),
        ("[[plain]", "[plain]"),
        ("[variables('y')]", "[variables('y')]"),
        ("[uniqueString(resourceGroup().id)]", "[uniqueString(resourceGroup().id)]"),
    ],
)
def test_a_name_is_worked_out_where_the_file_says_it(read, name, shown):
    values = {"variables": {"x": "mystorage"}, "parameters": {"p": {"type": "string", "defaultValue": "nl"}}}
    assert names(read(SITE | {"name": name}, **values)) == [shown]


@pytest.mark.parametrize(
    ("condition", "made", "why"),
    [
        (True, ["site"], []),
        (False, [], [("site", "condition")]),
        ("false", [], [("site", "condition")]),
        ("[parameters('yes')]", ["site"], []),
        ("[not(parameters('yes'))]", [], [("site", "condition")]),
        ("[and(parameters('yes'), equals(parameters('size'), 'small'))]", [], [("site", "condition")]),
        ("[parameters('unsaid')]", ["site ×0–1"], []),
        ("[equals(resourceGroup().location, 'westeurope')]", ["site ×0–1"], []),
        ("[not(empty(parameters('unsaid')))]", ["site ×0–1"], []),
    ],
)
def test_a_condition_is_true_false_or_not_known(read, condition, made, why):
    parameters = {
        "yes": {"type": "bool", "defaultValue": True},
        "size": {"type": "string", "defaultValue": "large"},
        "unsaid": {"type": "string"},
    }
    plan = read(SITE | {"condition": condition}, parameters=parameters)
    assert (names(plan), left(plan)) == (made, why)
    assert [r.doubt for r in plan.unsure] == ["condition"] * ("×" in "".join(made))


def test_a_condition_is_not_that_of_what_lies_within(read):
    """Azure makes a child whatever the condition of its parent: it may have been there already."""
    site = SITE | {"condition": False, "resources": [{"type": "slots", "name": "test"}]}
    assert left(read(site)) == [("site", "condition"), ("site/test", "part")]


def test_what_lies_within_a_resource_that_is_made_no_times_is_told(read):
    site = SITE | {"copy": {"name": "c", "count": 0}, "resources": [{"type": "slots", "name": "test"}]}
    assert left(read(site)) == [("site", "no_copies"), ("site/test", "no_copies")]


def test_a_function_that_is_none_is_not_known(read):
    functions = [{"namespace": "shop", "members": {"twice": 3}}]
    assert names(read(SITE | {"name": "[shop.twice(4)]"}, functions=functions)) == ["[shop.twice(4)]"]


def test_a_full_type_within_a_resource_stands_as_it_is(read):
    inner = [
        {"type": "Microsoft.Compute/virtualMachines/extensions", "name": "vm/script"},
        {"type": "extensions", "name": "short"},
        {"type": "Microsoft.DevTestLab/schedules", "name": "shutdown"},
        {"type": "providers/locks", "name": "Microsoft.Authorization/keep"},
    ]
    plan = read({"type": "Microsoft.Compute/virtualMachines", "name": "vm", "resources": inner})
    assert [(r.name, r.type) for r in plan.resources] == [
        ("vm/script", "Microsoft.Compute/virtualMachines/extensions"),
        ("vm/short", "Microsoft.Compute/virtualMachines/extensions"),
        ("shutdown", "Microsoft.DevTestLab/schedules"),
        ("vm/Microsoft.Authorization/keep", "Microsoft.Authorization/locks"),
    ]
    assert names(plan) == ["vm"]


def test_what_belongs_to_any_resource_is_known_by_the_namespace_in_its_name(read):
    one = {
        "type": "Microsoft.Storage/storageAccounts/providers/roleAssignments",
        "name": "[concat('shop', '/Microsoft.Authorization/', guid('x'))]",
    }
    assert [(r.type, r.why) for r in read(one).resources] == [
        ("Microsoft.Authorization/roleAssignments", "setting")
    ]


def test_a_part_of_a_known_resource_is_no_component(read):
    plan = read(
        {"type": "Microsoft.Web/sites/whatever", "name": "site/x"},
        {"type": "Contoso.Bells/ringers/ropes", "name": "loud/long"},
    )
    assert left(plan) == [("site/x", "part")]
    assert plan.unknown == ("Contoso.Bells/ringers/ropes",)


def nested(*resources, scope="", parameters=None, **deployment):
    template = {"contentVersion": "1.0.0.0", "resources": [*resources]}
    if scope == "inner":
        template["parameters"] = {"p": {"type": "string", "defaultValue": "within"}}
    properties = {"mode": "Incremental", "template": template, "parameters": parameters or {}}
    if scope:
        properties["expressionEvaluationOptions"] = {"scope": scope}
    return DEPLOYMENT | {"properties": properties} | deployment


@pytest.mark.parametrize(
    ("scope", "given", "shown"),
    [
        ("", {}, "outside"),
        ("outer", {}, "outside"),
        ("inner", {}, "within"),
        ("Inner", {}, "[parameters('p')]"),  # the template within declares nothing here
        ("inner", {"p": {"value": "[concat(parameters('p'), '!')]"}}, "outside!"),
        ("inner", {"p": {"reference": {"secretName": "x"}}}, "[parameters('p')]"),
        ("inner", {"p": "[if(true(), createObject('value', 'chosen'), createObject())]"}, "chosen"),
    ],
)
def test_names_in_a_nested_template_are_those_of_its_scope(read, scope, given, shown):
    parameters = {"p": {"type": "string", "defaultValue": "outside"}}
    one = nested(SITE | {"name": "[parameters('p')]"}, scope=scope, parameters=given)
    assert names(read(one, parameters=parameters)) == [shown]


def test_copies_of_a_deployment_know_their_number(read):
    copy = {"copy": {"name": "each", "count": 2, "mode": "Serial"}}
    outer = nested(SITE | {"name": "[format('site{0}', copyIndex('each'))]"}, **copy)
    given = {"p": {"value": "[format('inner{0}', copyIndex())]"}}
    inner = nested(SITE | {"name": "[parameters('p')]"}, scope="inner", parameters=given, **copy)
    assert names(read(outer, inner)) == ["site0", "site1", "inner0", "inner1"]


def test_what_lies_in_a_deployment_shares_its_doubt_and_its_reason(read):
    plan = read(
        nested(SITE | {"name": "often"}, copy={"name": "c", "count": "[parameters('x')]"}),
        nested(SITE | {"name": "perhaps"}, condition="[equals(resourceGroup().location, 'x')]"),
        nested(SITE | {"name": "never"}, condition=False),
        nested(name="telemetry"),
        DEPLOYMENT | {"name": "away", "properties": {"templateLink": {"relativePath": "site.json"}}},
        parameters={"x": {"type": "int"}},
    )
    assert names(plan) == ["often ×?", "perhaps ×0–1"]
    assert left(plan) == [("telemetry", "no_resources"), ("away", "linked"), ("never", "condition")]
    for lang in LANGUAGES:
        words = texts(lang)["doubt"]
        assert plan.doubts(lang)["why"].to_list() == [words["count"], words["condition"]]


def test_symbolic_names_and_what_exists(read):
    plan = read(
        resources={
            "vault": {"existing": True, "type": "Microsoft.KeyVault/vaults@2023-07-01", "name": "keys"},
            "shop": SITE | {"name": "[uniqueString('x')]"},
            "sites": SITE | {"name": "[uniqueString('y')]", "copy": {"name": "sites", "count": 2}},
        },
        languageVersion="2.0",
    )
    assert names(plan) == ["shop", "sites 1/2", "sites 2/2"]
    assert left(plan) == [("keys", "existing")]


COMMENTED = """\ufeff{ // a web shop
  "$schema": "https://x/deploymentTemplate.json#", "contentVersion": "1.0.0.0",
  /* two
     lines * / */
  "variables": {"u": "https://example.org/a//b", "q": "a \\" // b /* c",}, // none in a text
  "resources": [{"type": "Microsoft.Web/sites", "name": "first
    second"},
  ],
}"""


def test_comments_texts_over_lines_and_a_last_comma_are_read(tmp_path):
    file = tmp_path / "shop.jsonc"
    file.write_text(COMMENTED, encoding="utf-8")
    assert names(srm.read_plan(file)) == ["first second"]
    assert len(srm.read_workload(file)) == 1
    file.write_text(COMMENTED.replace('"name"', "name"), encoding="utf-8")
    with pytest.raises(srm.WorkloadFileError, match=r"line 6: this cannot be read as JSON"):
        srm.read_plan(file)


def test_resources_that_stand_twice_are_not_lost_silently(tmp_path):
    file = tmp_path / "shop.json"
    text = json.dumps({"contentVersion": "1", "resources": [SITE]})
    file.write_text(text[:-1] + ', "resources": []}', encoding="utf-8")
    with pytest.raises(srm.WorkloadFileError, match=r"column 'resources': this is there twice"):
        srm.read_plan(file)
    file.write_text(text[:-1] + ', "contentVersion": "1"}', encoding="utf-8")
    assert names(srm.read_plan(file)) == ["site"]


@pytest.mark.parametrize(
    "wrapped",
    [
        lambda template: {"template": template, "templateLink": None},  # az stack group export
        lambda template: {"mainTemplate": template, "type": "Microsoft.Resources/templateSpecs/versions"},
        lambda template: {"type": "Microsoft.Resources/templateSpecs", "properties": {"template": template}},
    ],
)
def test_a_template_is_taken_out_of_what_azure_writes_around_it(tmp_path, wrapped):
    template = {"$schema": "x/deploymentTemplate.json#", "contentVersion": "1", "resources": [SITE]}
    file = tmp_path / "export.json"
    file.write_text(json.dumps(wrapped(template)), encoding="utf-8")
    assert names(srm.read_plan(file)) == ["site"]


def test_a_count_out_of_bounds_names_the_resource(read):
    with pytest.raises(srm.WorkloadFileError, match=r"'shop' asks for 801 copies; Azure takes 0 to 800"):
        read(SITE | {"name": "shop", "copy": {"name": "c", "count": 801}})


BOMBS = {
    "doubled": {
        "v0": "ha",
        **{f"v{n}": f"[concat(variables('v{n - 1}'), variables('v{n - 1}'))]" for n in range(1, 60)},
    },
    "shared": {
        "v0": "ha",
        **{f"v{n}": f"[createArray(variables('v{n - 1}'), variables('v{n - 1}'))]" for n in range(1, 60)},
    },
    "range": {"v59": "[length(range(0, 2000000000))]"},
    "padded": {"v59": "[padLeft('x', 2000000000)]"},
    "replaced": {"v59": f"[replace('{'a' * 9000}', 'a', '{'b' * 9000}')]"},
    "deep": {"v59": "[" + "not(" * 5_000 + "true()" + ")" * 5_000 + "]"},
    "digits": {"v59": f"[{'9' * 5_000}]"},
    "unclosed": {"v59": "[concat('" + "a''" * 5_000 + "]"},
    "loops": {
        "copy": [
            {
                "name": "v59",
                "count": 800,
                "input": {"copy": [{"name": "x", "count": 800, "input": "[uniqueString()]"}]},
            }
        ]
    },
    "maps": {"v59": "[map(range(0, 9000), lambda('x', map(range(0, 9000), lambda('y', 'a'))))]"},
    "walks": {
        "v0": "[range(0, 2900)]",
        **{f"v{n}": "[union(variables('v0'), variables('v0'))]" for n in range(1, 59)},
        "v59": "[map(range(0, 9000), lambda('x', length(string(variables('v0')))))]",
    },
}


@pytest.mark.parametrize("bomb", BOMBS)
def test_the_worst_expression_ends_soon(bomb):
    made = [
        SITE | {"name": "[string(variables('v59'))]"},
        SITE | {"copy": {"name": "c", "count": "[length(string(variables('v59')))]"}},
    ]
    begun = time.perf_counter()
    found = arm.resources({"resources": made, "variables": BOMBS[bomb]}, [])
    assert time.perf_counter() - begun < 5
    assert [one.name for one in found.after] == ["[string(variables('v59'))]", "site ×?"]


def test_copies_of_deployments_that_make_nothing_end():
    one = nested(name="empty")
    for _ in range(20):
        one = nested(one, copy={"name": "c", "count": 800})
    faults = []
    begun = time.perf_counter()
    arm.resources({"resources": [one]}, faults)
    assert time.perf_counter() - begun < 5
    assert len(faults) == 1
