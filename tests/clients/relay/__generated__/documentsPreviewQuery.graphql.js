/**
 * @generated SignedSource<<9fc542c1adc609f68ea965aab20b2c54>>
 * @lightSyntaxTransform
 */

/* eslint-disable */

'use strict';

var node = (function(){
var v0 = [
  {
    "defaultValue": null,
    "kind": "LocalArgument",
    "name": "cart"
  }
],
v1 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "amount",
  "storageKey": null
},
v2 = [
  {
    "alias": null,
    "args": [
      {
        "fields": [
          {
            "kind": "Variable",
            "name": "cart",
            "variableName": "cart"
          }
        ],
        "kind": "ObjectValue",
        "name": "input"
      }
    ],
    "concreteType": "RedemptionPreview",
    "kind": "LinkedField",
    "name": "redemptionPreview",
    "plural": false,
    "selections": [
      {
        "alias": null,
        "args": null,
        "kind": "ScalarField",
        "name": "points",
        "storageKey": null
      },
      {
        "alias": null,
        "args": null,
        "concreteType": "Money",
        "kind": "LinkedField",
        "name": "discount",
        "plural": false,
        "selections": [
          (v1/*:: as any*/),
          {
            "alias": null,
            "args": null,
            "kind": "ScalarField",
            "name": "currencyCode",
            "storageKey": null
          }
        ],
        "storageKey": null
      },
      {
        "alias": null,
        "args": null,
        "concreteType": "Money",
        "kind": "LinkedField",
        "name": "payable",
        "plural": false,
        "selections": [
          (v1/*:: as any*/)
        ],
        "storageKey": null
      }
    ],
    "storageKey": null
  }
];
return {
  "fragment": {
    "argumentDefinitions": (v0/*:: as any*/),
    "kind": "Fragment",
    "metadata": null,
    "name": "documentsPreviewQuery",
    "selections": (v2/*:: as any*/),
    "type": "Query",
    "abstractKey": null
  },
  "kind": "Request",
  "operation": {
    "argumentDefinitions": (v0/*:: as any*/),
    "kind": "Operation",
    "name": "documentsPreviewQuery",
    "selections": (v2/*:: as any*/)
  },
  "params": {
    "cacheID": "a974e2e3bcab1b75968543f1f7361d2b",
    "id": null,
    "metadata": {},
    "name": "documentsPreviewQuery",
    "operationKind": "query",
    "text": "query documentsPreviewQuery(\n  $cart: CartInput!\n) {\n  redemptionPreview(input: {cart: $cart}) {\n    points\n    discount {\n      amount\n      currencyCode\n    }\n    payable {\n      amount\n    }\n  }\n}\n"
  }
};
})();

node.hash = "b3a83ba34527035c14a4ec728712e15b";

export default node;
